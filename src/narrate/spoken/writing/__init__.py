"""What both languages write alike: characters, addresses, codes, symbols, capitals, punctuation."""
