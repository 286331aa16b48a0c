"""The printed lines of a document as rules see them: trimmed, shadowed and measured once."""
