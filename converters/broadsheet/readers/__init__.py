"""The input formats, one file each; a reader knows its format and nothing of newspapers."""
