"""Requests, letters, dispositions, decisions."""

from pendopo.intake.models.confirmation import ContactCode
from pendopo.intake.models.decisions import Offer, OfferedSlot, Question, RejectionReason
from pendopo.intake.models.dispositions import Absence, Assignment, Disposition, Instruction
from pendopo.intake.models.letters import IncomingLetter
from pendopo.intake.models.organisers import OneTimeCode, Organiser
from pendopo.intake.models.policy import IntakePolicy
from pendopo.intake.models.preparation import Preparation, SavedSection, Site
from pendopo.intake.models.privacy import ErasureWish, LegalHold, PrivacyNotice
from pendopo.intake.models.requests import (
    RequestedSlot,
    RequestFile,
    ServiceRequest,
    Transition,
)

__all__ = [
    "Absence",
    "Assignment",
    "ContactCode",
    "Disposition",
    "ErasureWish",
    "IncomingLetter",
    "Instruction",
    "IntakePolicy",
    "LegalHold",
    "Offer",
    "OfferedSlot",
    "OneTimeCode",
    "Organiser",
    "Preparation",
    "PrivacyNotice",
    "Question",
    "RejectionReason",
    "RequestFile",
    "RequestedSlot",
    "SavedSection",
    "ServiceRequest",
    "Site",
    "Transition",
]
