"""The published service standard."""

from enum import StrEnum


class StandardPart(StrEnum):
    """What a service standard tells the public. Source: law 25/2009, article 21, and the
    ministry's regulation PANRB 15/2014: the parts that concern the delivery of a service; the
    pledge (maklumat) stands beside them."""

    REQUIREMENTS = "requirements"
    PROCEDURE = "procedure"
    TIME = "time"
    COST = "cost"
    PRODUCT = "product"
    COMPLAINTS = "complaints"
    PLEDGE = "pledge"


class LegalStatus(StrEnum):
    """What a legal basis is for this office."""

    IN_FORCE = "in_force"
    INSPIRATION = "inspiration"
    REPLACED = "replaced"
