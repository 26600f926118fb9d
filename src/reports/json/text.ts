/** JSON that may be looked at: strings keep every character, and none of them acts on a terminal. */

/** `JSON.stringify`, which leaves some controls and what turns the direction of text as they are. */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(
    /[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
