/** The names, imports and exports of one script: only what is declared once and never changed is certain. */
import type { Node } from '@babel/types'
import {
  type Expression,
  keyOf,
  requiredFile,
  toExpression,
  UNKNOWN,
  unwrap,
} from './expression.ts'
import { type Module, nameKey } from './fold.ts'
import { type Frame, ROOT_SCOPE, type Scope } from './frame.ts'

/** Fed with every node of a script, in any order. */
export class NameCollector {
  private readonly names = new Map<string, Expression>()
  private readonly changed: { readonly name: string; readonly scope: Scope }[] = []
  private readonly exports = new Map<string, Expression>()
  private readonly stars: string[] = []

  visit({ node, scope, inner }: Frame): void {
    switch (node.type) {
      case 'VariableDeclarator':
        this.bind(node.id, node.init ?? null, scope)
        return
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
      case 'ObjectMethod':
      case 'ClassMethod':
        if ('id' in node && node.id)
          this.declare(node.id, node.type === 'FunctionDeclaration' ? scope : inner)
        for (const parameter of node.params) this.declare(parameter, inner)
        return
      case 'ClassDeclaration':
        if (node.id) this.declare(node.id, scope)
        return
      case 'CatchClause':
        if (node.param) this.declare(node.param, scope)
        return
      case 'ImportDeclaration':
        for (const specifier of node.specifiers) {
          const name =
            specifier.type === 'ImportNamespaceSpecifier'
              ? '*'
              : specifier.type === 'ImportDefaultSpecifier'
                ? 'default'
                : keyOf(specifier.imported, false)
          if (name !== null)
            this.set(specifier.local.name, scope, { kind: 'import', from: node.source.value, name })
        }
        return
      case 'AssignmentExpression':
        this.assign(node.left, node.right, scope)
        return
      case 'UpdateExpression':
        this.change(node.argument, scope)
        return
      case 'ForInStatement':
      case 'ForOfStatement':
        if (node.left.type !== 'VariableDeclaration') this.change(node.left, scope)
        else for (const { id } of node.left.declarations) this.change(id, scope)
        return
      case 'ExportNamedDeclaration':
        this.exportNamed(node)
        return
      case 'ExportDefaultDeclaration':
        this.exports.set('default', toExpression(node.declaration, scope))
        return
      case 'ExportAllDeclaration':
        this.stars.push(node.source.value)
        return
    }
  }

  finish(): Module {
    const { names, exports, stars } = this
    for (const { name, scope } of this.changed)
      for (let at: Scope | null = scope; at; at = at.parent) {
        const key = nameKey(name, at)
        if (!names.has(key)) continue
        names.set(key, UNKNOWN)
        break
      }
    return { names, exports, stars }
  }

  /** What is declared twice is not certain. */
  private set(name: string, scope: Scope, value: Expression): void {
    const key = nameKey(name, scope)
    this.names.set(key, this.names.has(key) ? UNKNOWN : value)
  }

  private declare(pattern: Node, scope: Scope): void {
    for (const name of boundNames(pattern)) this.set(name, scope, UNKNOWN)
  }

  private bind(id: Node, init: Node | null, scope: Scope): void {
    if (id.type === 'Identifier') {
      this.set(id.name, scope, toExpression(init, scope))
      return
    }
    const of = toExpression(init, scope)
    const own = id.type === 'ObjectPattern' ? id.properties : []
    const bound = new Map<string, Expression>()
    for (const property of own) {
      if (property.type !== 'ObjectProperty' || property.value.type !== 'Identifier') continue
      const key = keyOf(property.key, property.computed)
      if (key !== null) bound.set(property.value.name, { kind: 'member', of, key })
    }
    for (const name of boundNames(id)) this.set(name, scope, bound.get(name) ?? UNKNOWN)
  }

  private change(target: Node, scope: Scope): void {
    for (const name of boundNames(target)) this.changed.push({ name, scope })
  }

  /** `module.exports = x`, `module.exports.a = x`, `exports.a = x`; anything else makes its names uncertain. */
  private assign(target: Node, value: Node, scope: Scope): void {
    const left = unwrap(target)
    if (left.type !== 'MemberExpression') {
      this.change(left, scope)
      return
    }
    const key = keyOf(left.property, left.computed)
    const of = left.object
    const isModule = of.type === 'Identifier' && of.name === 'module'
    if (isModule && key === 'exports') {
      this.exports.set('=', toExpression(value, scope))
    } else if (isExports(of) && key !== null && requiredFile(value) === null) {
      this.exports.set(key, this.exports.has(key) ? UNKNOWN : toExpression(value, scope))
    } else {
      // A member that is set later is no constant, nor is what holds it.
      const holder = holderOf(of)
      if (holder !== null) this.changed.push({ name: holder, scope })
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
            ? { kind: 'name', name: local, scope: ROOT_SCOPE }
            : { kind: 'import', from, name: local },
        )
    }
    if (node.declaration?.type !== 'VariableDeclaration') return
    for (const { id } of node.declaration.declarations)
      for (const name of boundNames(id))
        this.exports.set(name, { kind: 'name', name, scope: ROOT_SCOPE })
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
