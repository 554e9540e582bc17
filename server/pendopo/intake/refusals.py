"""Refusals about requests."""

from django.utils.translation import gettext_lazy as _

from pendopo.foundation.errors import Refusal

REFUSALS = {
    "request_not_found": Refusal(
        404, _("There is no such request. Check the number and the code in the message you got.")
    ),
    "request_moved_on": Refusal(
        409, _("Somebody was quicker: the request stands elsewhere now. Load the page again.")
    ),
    "step_not_possible": Refusal(
        409, _("This is not possible where the request stands now. Load the page again.")
    ),
    "request_sent_already": Refusal(
        409, _("The request was sent already. What is missing can be said on its own page.")
    ),
    "request_incomplete": Refusal(422, _("Something is still missing: %(words)s.")),
    "slot_over": Refusal(422, _("This time is over. Choose a later one.")),
    "too_many_slots": Refusal(422, _("Give at most %(limit)s times in one request.")),
    "letter_not_awaited": Refusal(
        409, _("The letter is here already. Send further papers with your answer.")
    ),
    "letter_not_on_your_desk": Refusal(
        403, _("This letter lies on somebody else's desk. Who has it can pass it on to you.")
    ),
    "letter_not_registered": Refusal(
        409, _("The letter is not in the register yet, so it has no sheet. Register it first.")
    ),
    "letter_not_there": Refusal(
        409,
        _(
            "The letter has not come yet. Wait for it or add it to the request; what can't wait "
            "the head of office authorises as urgent."
        ),
    ),
    "letter_required": Refusal(422, _("Tick at least one letter in the queue.")),
    "too_many_letters": Refusal(422, _("At most %(limit)s letters at once. Untick some.")),
    "recipient_required": Refusal(422, _("Choose to whom the letter is passed on.")),
    "recipient_cannot_read": Refusal(
        422, _("%(people)s of those chosen may not read letters. Choose others.")
    ),
    "due_day_over": Refusal(422, _("The day by which it is due is over. Choose a later one.")),
    "agenda_number_taken": Refusal(
        409, _("This agenda number was given to another letter. Check it in the letter system.")
    ),
    "received_day_wrong": Refusal(
        422, _("Give the day on which the letter came: today, or at most a year ago.")
    ),
    "external_number_required": Refusal(
        422, _("Type the agenda number that the national letter system gave.")
    ),
    "text_required": Refusal(422, _("Write what it is about.")),
    "reason_required": Refusal(422, _("Choose or write a reason; it stands in the letter.")),
    "question_not_open": Refusal(
        409, _("There is no open question. Perhaps it was answered in another window.")
    ),
    "offer_not_open": Refusal(
        409, _("This offer is no longer open. The office will answer with another one.")
    ),
    "offer_expired": Refusal(
        409, _("The time to answer this offer is over. The office will get in touch.")
    ),
    "slot_unknown": Refusal(404, _("This time is not part of the offer.")),
    "self_service_off": Refusal(403, _("Units can't book by themselves here. Send a request.")),
    "self_service_unit": Refusal(
        403, _("Your account belongs to no unit. Ask the administrator, or send a request.")
    ),
    "self_service_operator": Refusal(
        409, _("A meeting with an operator needs a request. Send one: it takes four steps.")
    ),
    "self_service_people": Refusal(
        409, _("Without a letter at most %(people)s people. Send a request for more.")
    ),
    "self_service_hours": Refusal(
        409, _("Without a letter at most %(hours)s hours. Send a request for more.")
    ),
    "self_service_uplink": Refusal(
        409,
        _(
            "With what units have booked for that time already, this meeting would take too much "
            "of the line. Choose another time, or send a request."
        ),
    ),
    "code_not_possible": Refusal(
        409,
        _("We can not send a code to you just now. Your request is with us all the same."),
    ),
    "requests_too_often": Refusal(
        429,
        _(
            "Too many requests came from your connection within an hour. What you wrote stays on "
            "this phone; wait an hour, or bring the letter to the office."
        ),
    ),
    "contact_too_often": Refusal(
        429,
        _(
            "%(limit)s requests came for this number or address within a day. Send the next one "
            "tomorrow, or bring the letter to the office."
        ),
    ),
    "outside_link_unsafe": Refusal(
        422,
        _(
            "This link is not safe to pass on: it must begin with https:// and lead to the service "
            "that its name says. Copy it once more from the invitation."
        ),
    ),
    "privacy_version_unknown": Refusal(
        422,
        _("There is no such version of the notice about personal data. Version %(holds)s holds."),
    ),
    "codes_too_often": Refusal(
        429, _("Too many codes were asked for. Wait an hour; your request is with us already.")
    ),
    "reply_not_ready": Refusal(409, _("There is no letter to sign. Decide on the request first.")),
    "organiser_name_required": Refusal(422, _("Write the name of the co-organiser.")),
    "organiser_contact_required": Refusal(
        422, _("Give a WhatsApp number or an e-mail address: the one-time code goes there.")
    ),
    "too_many_organisers": Refusal(409, _("At most %(limit)s organisers. Remove one first.")),
    "requester_stays": Refusal(409, _("Who sent the request stays among the organisers.")),
    "organiser_unreachable": Refusal(
        409, _("We know neither number nor address. Ask the office for a one-time code.")
    ),
    "organiser_code_too_often": Refusal(
        429, _("Five codes were sent within an hour. Wait a while, or call the office.")
    ),
    "organiser_code_wrong": Refusal(422, _("This is not the code. Look at the newest message.")),
    "organiser_code_expired": Refusal(422, _("This code is no longer valid. Ask for a new one.")),
    "organiser_code_blocked": Refusal(422, _("Too many wrong tries. Ask for a new code.")),
    "too_many_sites": Refusal(422, _("At most %(limit)s places.")),
    "data_erased": Refusal(410, _("The personal data of this request were erased.")),
    "data_held": Refusal(409, _("A legal hold stands, so nothing may be erased. Lift it first.")),
    "request_not_over": Refusal(
        409, _("The request still runs. Cancel it first, or wait for its end.")
    ),
    "erasure_answered": Refusal(409, _("This wish was answered already.")),
    "absence_days": Refusal(
        422, _("The last day must not lie before the first one, nor be over. Correct the days.")
    ),
    "absence_overlaps": Refusal(
        409, _("An absence is noted for some of these days already. Take that one back first.")
    ),
    "deputy_is_holder": Refusal(422, _("Choose somebody else as deputy.")),
    "deputy_cannot_read": Refusal(422, _("This deputy may not read letters. Choose another one.")),
}
