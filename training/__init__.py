"""Train and measure a reader of answers; nothing here is needed to answer questions."""
