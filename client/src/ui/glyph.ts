/** How Lucide icons are drawn here: 1.75 stroke, 20 pixels, 16 inside text. */
export const glyph = { size: 20, strokeWidth: 1.75, 'aria-hidden': true } as const;
export const smallGlyph = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const;
