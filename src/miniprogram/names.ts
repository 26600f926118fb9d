/** The names, imports and exports of one script: only what is declared once and never changed is certain. */
import type { Node } from '@babel/types'
import { type Expression, keyOf, requiredFile, toExpression, unwrap } from './expression.ts'
import type { Module } from './fold.ts'

/** Fed with every node of a script, in any order. */
export class NameCollector {
  private readonly values = new Map<string, Expression>()
  private readonly declared = new Map<string, number>()
  private readonly changed = new Set<string>()
  private readonly exports = new Map<string, Expression>()
  private readonly stars: string[] = []

  visit(node: Node): void {
    switch (node.type) {
      case 'VariableDeclarator':
        this.declare(node.id)
        if (node.init) this.bind(node.id, node.init)
        return
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
      case 'ObjectMethod':
      case 'ClassMethod':
        if ('id' in node && node.id) this.declare(node.id)
        for (const parameter of node.params) this.declare(parameter)
        return
      case 'ClassDeclaration':
        if (node.id) this.declare(node.id)
        return
      case 'CatchClause':
        if (node.param) this.declare(node.param)
        return
      case 'ImportDeclaration':
        for (const specifier of node.specifiers) {
          const { local } = specifier
          this.declare(local)
          const name =
            specifier.type === 'ImportNamespaceSpecifier'
              ? '*'
              : specifier.type === 'ImportDefaultSpecifier'
                ? 'default'
                : keyOf(specifier.imported, false)
          if (name !== null)
            this.values.set(local.name, { kind: 'import', from: node.source.value, name })
        }
        return
      case 'AssignmentExpression':
        this.assign(node.left, node.right)
        return
      case 'UpdateExpression':
        this.change(node.argument)
        return
      case 'ForInStatement':
      case 'ForOfStatement':
        if (node.left.type !== 'VariableDeclaration') this.change(node.left)
        else for (const { id } of node.left.declarations) this.change(id)
        return
      case 'ExportNamedDeclaration':
        this.exportNamed(node)
        return
      case 'ExportDefaultDeclaration':
        this.exports.set('default', toExpression(node.declaration))
        return
      case 'ExportAllDeclaration':
        this.stars.push(node.source.value)
        return
    }
  }

  finish(): Module {
    const isCertain = (name: string) => this.declared.get(name) === 1 && !this.changed.has(name)
    const names = new Map([...this.values].filter(([name]) => isCertain(name)))
    return { names, exports: this.exports, stars: this.stars }
  }

  private declare(pattern: Node): void {
    for (const name of boundNames(pattern))
      this.declared.set(name, (this.declared.get(name) ?? 0) + 1)
  }

  private bind(id: Node, init: Node): void {
    if (id.type === 'Identifier') this.values.set(id.name, toExpression(init))
    if (id.type !== 'ObjectPattern') return
    const of = toExpression(init)
    for (const property of id.properties) {
      if (property.type !== 'ObjectProperty' || property.value.type !== 'Identifier') continue
      const key = keyOf(property.key, property.computed)
      if (key !== null) this.values.set(property.value.name, { kind: 'member', of, key })
    }
  }

  private change(target: Node): void {
    for (const name of boundNames(target)) this.changed.add(name)
  }

  /** `module.exports = x`, `module.exports.a = x`, `exports.a = x`; anything else makes its names uncertain. */
  private assign(target: Node, value: Node): void {
    const left = unwrap(target)
    if (left.type !== 'MemberExpression') {
      this.change(left)
      return
    }
    const key = keyOf(left.property, left.computed)
    const of = left.object
    const isModule = of.type === 'Identifier' && of.name === 'module'
    if (isModule && key === 'exports') {
      this.exports.set('=', toExpression(value))
    } else if (isExports(of) && key !== null && requiredFile(value) === null) {
      this.exports.set(key, this.exports.has(key) ? { kind: 'unknown' } : toExpression(value))
    } else {
      // A member that is set later is no constant, nor is what holds it.
      const holder = holderOf(of)
      if (holder !== null) this.changed.add(holder)
    }
  }

  private exportNamed(node: Extract<Node, { type: 'ExportNamedDeclaration' }>): void {
    const from = node.source?.value
    for (const specifier of node.specifiers) {
      if (specifier.type !== 'ExportSpecifier') continue
      const name = keyOf(specifier.exported, false)
      const local = specifier.local.name
      if (name !== null)
        this.exports.set(
          name,
          from === undefined
            ? { kind: 'name', name: local }
            : { kind: 'import', from, name: local },
        )
    }
    if (node.declaration?.type !== 'VariableDeclaration') return
    for (const { id } of node.declaration.declarations)
      for (const name of boundNames(id)) this.exports.set(name, { kind: 'name', name })
  }
}

function isExports(node: Node): boolean {
  if (node.type === 'Identifier') return node.name === 'exports'
  return (
    node.type === 'MemberExpression' &&
    node.object.type === 'Identifier' &&
    node.object.name === 'module' &&
    keyOf(node.property, node.computed) === 'exports'
  )
}

/** The name at the root of `a.b.c`. */
function holderOf(node: Node): string | null {
  let inner = unwrap(node)
  while (inner.type === 'MemberExpression') inner = unwrap(inner.object)
  return inner.type === 'Identifier' ? inner.name : null
}

/** Every name that a pattern binds. */
function boundNames(pattern: Node): readonly string[] {
  const names: string[] = []
  const open: Node[] = [pattern]
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === 'Identifier') names.push(node.name)
    else if (node.type === 'AssignmentPattern') open.push(node.left)
    else if (node.type === 'RestElement') open.push(node.argument)
    else if (node.type === 'ArrayPattern')
      open.push(...node.elements.filter(element => element !== null))
    else if (node.type === 'ObjectPattern')
      open.push(
        ...node.properties.map(property =>
          property.type === 'RestElement' ? property.argument : property.value,
        ),
      )
    else if (node.type === 'TSParameterProperty') open.push(node.parameter)
  }
  return names
}
