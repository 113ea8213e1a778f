"""What a drawing rests on, and what no page calls: palette, style, record, checks, glyphs."""
