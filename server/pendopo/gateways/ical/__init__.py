"""Calendar files (RFC 5545, RFC 5546): one maker for meetings, replies and cancellations."""
