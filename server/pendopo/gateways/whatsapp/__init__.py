"""WhatsApp: by a person with a link, by Meta's Cloud API, or by a gateway of the office's own."""
