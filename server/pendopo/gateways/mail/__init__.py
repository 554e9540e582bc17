"""Mail by SMTP; the settings are Django's, made from `PENDOPO_MAIL_…`."""
