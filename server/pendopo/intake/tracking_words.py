"""What a requester reads about a request: plain words, no names of the office's own steps."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pendopo.intake.rules.tracking import Milestone, Stage

STAGES = {
    Stage.RECEIVED: _("We have your request"),
    Stage.IN_WORK: _("We are working on your request"),
    Stage.QUESTION: _("We need an answer from you"),
    Stage.OFFER: _("We offer you another time"),
    Stage.OFFER_EXPIRED: _("The time to choose is over"),
    Stage.APPROVED: _("Your request is approved"),
    Stage.OVER: _("Your event is over"),
    Stage.REJECTED: _("Your request can not be fulfilled"),
    Stage.CANCELLED: _("Your request is cancelled"),
}
NEXT = {
    Stage.RECEIVED: _("An official reads your letter and enters it into the register."),
    Stage.IN_WORK: _("An official checks time, room and line. Then you get our answer."),
    Stage.QUESTION: _("Answer below. Until then the time for our answer stands still."),
    Stage.OFFER: _("Choose one of the times below, or tell us that none suits you."),
    Stage.OFFER_EXPIRED: _("We look for another time. You may also tell us when it suits you."),
    Stage.APPROVED: _("The letter and the link of your event are sent to you."),
    Stage.OVER: _("Thank you. This page stays open to you."),
    Stage.REJECTED: _("The reason stands below. You may send a new request at any time."),
    Stage.CANCELLED: _("Nothing more happens. You may send a new request at any time."),
}
STAGE_ICONS = {
    Stage.RECEIVED: "check",
    Stage.IN_WORK: "refresh-cw",
    Stage.QUESTION: "circle-question-mark",
    Stage.OFFER: "calendar-clock",
    Stage.OFFER_EXPIRED: "calendar-clock",
    Stage.APPROVED: "circle-check",
    Stage.OVER: "circle-check",
    Stage.REJECTED: "circle-alert",
    Stage.CANCELLED: "ban",
}
# The colour that goes with icon and words.
STAGE_TONES = {
    Stage.RECEIVED: "",
    Stage.IN_WORK: "",
    Stage.QUESTION: "warn",
    Stage.OFFER: "warn",
    Stage.OFFER_EXPIRED: "",
    Stage.APPROVED: "ok",
    Stage.OVER: "ok",
    Stage.REJECTED: "bad",
    Stage.CANCELLED: "done",
}
MILESTONES = {
    Milestone.SENT: _("You sent the request"),
    Milestone.RECORDED: _("Your letter stands in the register"),
    Milestone.IN_HANDS: _("An official has your letter"),
    Milestone.ASKED: _("We asked you something"),
    Milestone.ANSWERED: _("You answered"),
    Milestone.OFFERED: _("We offered another time"),
    Milestone.ACCEPTED: _("You chose a time, and the request is approved"),
    Milestone.REFUSED: _("No offered time was taken"),
    Milestone.APPROVED: _("The request was approved"),
    Milestone.REJECTED: _("The request was declined"),
    Milestone.CANCELLED: pgettext_lazy("milestone", "The request was cancelled"),
}
