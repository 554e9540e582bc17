"""Messages to people: by mail, by WhatsApp and on the pages, each with its state."""
