"""Who may open which page and call which action: every cell, as the office wants it.

Columns are nobody (signed out) and the duties, each held alone. `o` opens, `x` is refused (403),
`s` is sent to the sign-in page, `n` finds nothing (404), `-` answers 401.
"""

from pendopo.people.rules import Duty

COLUMNS = {
    "none": None,
    "requ": Duty.REQUESTER,
    "host": Duty.HOST,
    "secr": Duty.SECRETARIAT,
    "head": Duty.HEAD_OF_OFFICE,
    "divi": Duty.DIVISION_HEAD,
    "coor": Duty.COORDINATOR,
    "oper": Duty.OPERATOR,
    "comm": Duty.COMMAND_CENTRE,
    "audi": Duty.AUDITOR,
    "admi": Duty.ADMINISTRATOR,
}

# Meeting and token of the table belong to the account with the duty host; the invitation is open,
# the link of the first run is the right one; the draft is not
# sent; the office is no demo and is not served to others.
PAGES = """
                                      none requ host secr head divi coor oper comm audi admi
home                                  o    o    o    o    o    o    o    o    o    o    o
join                                  o    o    o    o    o    o    o    o    o    o    o
join-events                           o    o    o    o    o    o    o    o    o    o    o
unit                                  o    o    o    o    o    o    o    o    o    o    o
device-test                           o    o    o    o    o    o    o    o    o    o    o
preferences                           o    o    o    o    o    o    o    o    o    o    o
search                                o    o    o    o    o    o    o    o    o    o    o
guide-list                            o    o    o    o    o    o    o    o    o    o    o
guide                                 o    o    o    o    o    o    o    o    o    o    o
design                                o    o    o    o    o    o    o    o    o    o    o
try-as                                n    n    n    n    n    n    n    n    n    n    n
request-track                         o    o    o    o    o    o    o    o    o    o    o
request-tracking                      n    n    n    n    n    n    n    n    n    n    n
request-answer                        n    n    n    n    n    n    n    n    n    n    n
request-choose                        n    n    n    n    n    n    n    n    n    n    n
request-letter-follows                n    n    n    n    n    n    n    n    n    n    n
request-cancel                        n    n    n    n    n    n    n    n    n    n    n
request-paper                         n    n    n    n    n    n    n    n    n    n    n
request-data                          n    n    n    n    n    n    n    n    n    n    n
request-data-file                     n    n    n    n    n    n    n    n    n    n    n
request-restrict                      n    n    n    n    n    n    n    n    n    n    n
request-erasure                       n    n    n    n    n    n    n    n    n    n    n
organiser-own-page                    n    n    n    n    n    n    n    n    n    n    n
organiser-page                        n    n    n    n    n    n    n    n    n    n    n
organiser-code                        n    n    n    n    n    n    n    n    n    n    n
organiser-ics                         n    n    n    n    n    n    n    n    n    n    n
organiser-add                         n    n    n    n    n    n    n    n    n    n    n
organiser-remove                      n    n    n    n    n    n    n    n    n    n    n
organiser-rundown                     n    n    n    n    n    n    n    n    n    n    n
organiser-section                     n    n    n    n    n    n    n    n    n    n    n
organiser-code-for                    s    x    x    n    n    n    n    x    x    x    n
privacy-notice                        o    o    o    o    o    o    o    o    o    o    o
privacy-version                       o    o    o    o    o    o    o    o    o    o    o
healthz                               o    o    o    o    o    o    o    o    o    o    o
readyz                                o    o    o    o    o    o    o    o    o    o    o
certificate                           n    n    n    n    n    n    n    n    n    n    n
certificate-root                      n    n    n    n    n    n    n    n    n    n    n
office-emblem                         n    n    n    n    n    n    n    n    n    n    n
request-new                           o    o    o    o    o    o    o    o    o    o    o
request-worker                        o    o    o    o    o    o    o    o    o    o    o
request-resume                        o    o    o    o    o    o    o    o    o    o    o
request-letter                        o    o    o    o    o    o    o    o    o    o    o
request-who                           o    o    o    o    o    o    o    o    o    o    o
request-event                         o    o    o    o    o    o    o    o    o    o    o
request-check                         o    o    o    o    o    o    o    o    o    o    o
request-sent                          o    o    o    o    o    o    o    o    o    o    o
request-code                          n    n    n    n    n    n    n    n    n    n    n
booking-new                           s    x    o    x    x    x    x    x    x    x    o
desk                                  s    x    x    o    o    o    o    x    x    o    o
desk-bulk                             s    x    x    o    o    o    o    x    x    o    o
desk-letter                           s    x    x    n    n    n    n    x    x    n    n
request-scan                          s    x    x    n    n    n    n    x    x    n    n
request-register-file                 s    x    x    n    n    n    n    x    x    n    n
request-letter-pdf                    s    x    x    n    n    n    n    x    x    n    n
disposition-sheet                     s    x    x    n    n    n    n    x    x    n    n
absence-list                          s    x    x    o    o    o    o    x    x    x    o
absence-new                           s    x    x    o    o    o    o    x    x    x    o
absence-end                           s    x    x    o    o    o    o    x    x    x    o
instruction-list                      s    x    x    o    x    x    x    x    x    x    o
instruction-new                       s    x    x    o    x    x    x    x    x    x    o
instruction-change                    s    x    x    o    x    x    x    x    x    x    o
reason-list                           s    x    x    o    x    x    x    x    x    x    o
reason-new                            s    x    x    o    x    x    x    x    x    x    o
reason-change                         s    x    x    o    x    x    x    x    x    x    o
request-list                          s    x    x    o    o    o    o    x    x    o    o
request-enter                         s    x    x    o    x    x    x    x    x    x    o
request-detail                        s    x    x    o    o    o    o    x    x    o    o
request-register                      s    x    x    o    x    x    x    x    x    x    o
request-letter-add                    s    x    x    o    x    x    x    x    x    x    o
request-confirm-contact               s    x    x    o    x    x    x    x    x    x    o
request-step                          s    x    x    o    o    o    o    x    x    x    o
livekit-webhook                       -    -    -    -    -    -    -    -    -    -    -
account_login                         o    o    o    o    o    o    o    o    o    o    o
account_logout                        o    o    o    o    o    o    o    o    o    o    o
my-meetings                           s    x    o    x    o    o    o    o    o    o    o
meeting-start                         s    x    o    x    x    x    x    x    x    x    o
meeting-schedule                      s    x    o    x    x    x    x    x    x    x    o
meeting-detail                        s    x    o    x    o    o    o    o    o    o    o
meeting-end                           s    x    o    x    x    x    x    o    x    x    o
meeting-ics                           s    x    o    x    o    o    o    o    o    o    o
meeting-qr                            s    x    o    x    o    o    o    o    o    o    o
attendance-csv                        s    x    o    x    o    o    o    o    o    o    o
now                                   s    x    x    o    o    o    o    o    o    o    o
now-events                            x    x    x    o    o    o    o    o    o    o    o
office-settings                       s    x    x    o    o    o    o    o    o    o    o
office-section                        s    x    x    x    x    x    x    x    x    x    o
office-emblem-settings                s    x    x    x    x    x    x    x    x    x    o
unit-list                             s    x    x    o    o    o    o    o    o    o    o
unit-new                              s    x    x    o    x    x    x    x    x    x    o
unit-change                           s    x    x    o    x    x    x    x    x    x    o
unit-use                              s    x    x    o    x    x    x    x    x    x    o
unit-delete                           s    x    x    o    x    x    x    x    x    x    o
position-list                         s    x    x    o    o    o    o    o    o    o    o
position-new                          s    x    x    o    x    x    x    x    x    x    o
position-change                       s    x    x    o    x    x    x    x    x    x    o
position-delete                       s    x    x    o    x    x    x    x    x    x    o
organisation-list                     s    x    x    o    o    o    o    o    o    o    o
organisation-new                      s    x    x    o    x    x    x    x    x    x    o
organisation-change                   s    x    x    o    x    x    x    x    x    x    o
room-list                             s    x    x    o    o    o    o    o    o    o    o
room-new                              s    x    x    o    x    x    x    x    x    x    o
room-change                           s    x    x    o    x    x    x    x    x    x    o
holiday-list                          s    x    x    o    o    o    o    o    o    o    o
holiday-new                           s    x    x    o    x    x    x    x    x    x    o
holiday-take                          s    x    x    o    x    x    x    x    x    x    o
holiday-change                        s    x    x    o    x    x    x    x    x    x    o
holiday-remove                        s    x    x    o    x    x    x    x    x    x    o
holiday-restore                       s    x    x    o    x    x    x    x    x    x    o
document-list                         s    x    x    o    o    o    o    x    x    o    o
document-detail                       s    x    x    o    o    o    o    x    x    o    o
document-page                         s    x    x    o    o    o    o    x    x    o    o
document-pdf                          s    x    x    o    o    o    o    x    x    o    o
document-change                       s    x    x    o    o    o    o    x    x    x    o
document-initial                      s    x    x    o    o    o    o    x    x    x    o
document-withdraw                     s    x    x    o    o    o    o    x    x    x    o
document-correct                      s    x    x    o    o    o    o    x    x    x    o
document-handed-over                  s    x    x    o    o    o    o    x    x    x    o
template-list                         s    x    x    o    x    x    x    x    x    x    o
template                              s    x    x    o    x    x    x    x    x    x    o
template-restore                      s    x    x    o    x    x    x    x    x    x    o
standard                              s    x    x    o    o    o    o    o    o    o    o
standard-change                       s    x    x    o    x    x    x    x    x    x    o
standard-reset                        s    x    x    o    x    x    x    x    x    x    o
legal-list                            s    x    x    o    o    o    o    o    o    o    o
legal-new                             s    x    x    o    x    x    x    x    x    x    o
legal-change                          s    x    x    o    x    x    x    x    x    x    o
legal-delete                          s    x    x    o    x    x    x    x    x    x    o
privacy-edit                          s    x    x    o    x    x    x    x    x    x    o
personal-data                         s    x    x    x    x    x    x    x    x    x    o
personal-data-hold                    s    x    x    x    x    x    x    x    x    x    o
personal-data-lift                    s    x    x    x    x    x    x    x    x    x    o
personal-data-deny                    s    x    x    x    x    x    x    x    x    x    n
personal-data-grant                   s    x    x    x    x    x    x    x    x    x    o
journal                               s    x    x    x    o    x    x    x    x    o    o
journal-people                        s    x    x    x    o    x    x    x    x    o    o
journal-person                        s    x    x    x    o    x    x    x    x    o    o
journal-person-csv                    s    x    x    x    o    x    x    x    x    o    o
journal-queue                         s    x    x    x    o    x    x    x    o    o    o
journal-job-retry                     s    x    x    x    x    x    x    x    o    x    o
journal-job-cancel                    s    x    x    x    x    x    x    x    o    x    o
journal-keeping                       s    x    x    x    o    x    x    x    x    o    o
journal-hold                          s    x    x    x    x    x    x    x    x    x    o
journal-lift                          s    x    x    x    x    x    x    x    x    x    o
notice-list                           s    o    o    o    o    o    o    o    o    o    o
notice-way                            s    o    o    o    o    o    o    o    o    o    o
notice-read-all                       s    o    o    o    o    o    o    o    o    o    o
notice-open                           s    n    n    n    n    n    n    n    n    n    n
notice-outbox                         s    x    x    o    x    x    o    x    o    o    o
notice-retry                          s    x    x    n    x    x    n    x    x    x    n
notice-by-hand                        s    x    x    o    x    x    o    x    x    x    o
notice-sent                           s    x    x    n    x    x    n    x    x    x    n
notice-skip                           s    x    x    n    x    x    n    x    x    x    n
whatsapp-webhook                      -    -    -    -    -    -    -    -    -    -    -
document-verify                       n    n    n    n    n    n    n    n    n    n    n
signing-desk                          s    x    x    x    o    o    x    x    x    x    o
signing-preview                       s    x    x    x    n    n    x    x    x    x    n
signing-preview-page                  s    x    x    x    n    n    x    x    x    x    n
document-revoke                       s    x    x    x    n    n    x    x    x    x    n
document-signed-copy                  s    x    x    n    n    n    n    x    x    x    n
signature-settings                    s    x    x    x    o    o    x    x    x    x    o
signature-demo                        s    x    x    x    o    o    x    x    x    x    o
signature-own                         s    x    x    x    o    o    x    x    x    x    o
signature-nik                         s    x    x    x    o    o    x    x    x    x    o
signature-delete                      s    x    x    x    o    o    x    x    x    x    o
staff-list                            s    x    x    x    x    x    x    x    x    x    o
staff-invite                          s    x    x    x    x    x    x    x    x    x    o
staff-import                          s    x    x    x    x    x    x    x    x    x    o
staff-workbook                        s    x    x    x    x    x    x    x    x    x    o
staff-account                         s    x    x    x    x    x    x    x    x    x    o
staff-password                        s    x    x    x    x    x    x    x    x    x    o
journal-person-erase                  s    x    x    x    x    x    x    x    x    x    o
staff-act                             s    x    x    x    x    x    x    x    x    x    o
first-run                             o    o    o    o    o    o    o    o    o    o    o
first-run-account                     n    n    n    n    n    n    n    n    n    n    n
first-run-factor                      s    x    x    x    x    x    x    x    x    x    o
first-run-office                      s    x    x    x    x    x    x    x    x    x    o
first-run-people                      s    x    x    x    x    x    x    x    x    x    o
first-run-line                        s    x    x    x    x    x    x    x    x    x    o
first-run-trial                       s    x    x    x    x    x    x    x    x    x    o
first-run-mail                        s    x    x    x    x    x    x    x    x    x    o
first-run-meeting                     s    x    x    x    x    x    x    x    x    x    o
first-run-finish                      s    x    x    x    x    x    x    x    x    x    o
account                               s    o    o    o    o    o    o    o    o    o    o
account-name                          s    o    o    o    o    o    o    o    o    o    o
account-other-devices                 s    o    o    o    o    o    o    o    o    o    o
account_change_password               s    o    o    o    o    o    o    o    o    o    o
account_set_password                  s    o    o    o    o    o    o    o    o    o    o
account_reauthenticate                s    o    o    o    o    o    o    o    o    o    o
mfa_index                             s    o    o    o    o    o    o    o    o    o    o
mfa_activate_totp                     s    o    o    o    o    o    o    o    o    o    o
mfa_add_webauthn                      s    o    o    o    o    o    o    o    o    o    o
mfa_generate_recovery_codes           s    o    o    o    o    o    o    o    o    o    o
mfa_reauthenticate                    s    o    o    o    o    o    o    o    o    o    o
mfa_reauthenticate_webauthn           s    o    o    o    o    o    o    o    o    o    o
token-list                            s    o    o    o    o    o    o    o    o    o    o
token-new                             s    o    o    o    o    o    o    o    o    o    o
mfa_deactivate_totp                   s    n    n    n    n    n    n    n    n    n    n
mfa_edit_webauthn                     s    n    n    n    n    n    n    n    n    n    n
mfa_remove_webauthn                   s    n    n    n    n    n    n    n    n    n    n
mfa_view_recovery_codes               s    n    n    n    n    n    n    n    n    n    n
token-revoke                          s    n    o    n    n    n    n    n    n    n    n
account_inactive                      o    o    o    o    o    o    o    o    o    o    o
account_reset_password                o    o    o    o    o    o    o    o    o    o    o
account_reset_password_done           o    o    o    o    o    o    o    o    o    o    o
account_reset_password_from_key       o    o    o    o    o    o    o    o    o    o    o
account_reset_password_from_key_done  o    o    o    o    o    o    o    o    o    o    o
mfa_authenticate                      o    o    o    o    o    o    o    o    o    o    o
mfa_list_webauthn                     o    o    o    o    o    o    o    o    o    o    o
mfa_login_webauthn                    o    o    o    o    o    o    o    o    o    o    o
account-invitation                    o    o    o    o    o    o    o    o    o    o    o
openid_connect_callback               n    n    n    n    n    n    n    n    n    n    n
sso-start                             n    n    n    n    n    n    n    n    n    n    n
metrics                               o    o    o    o    o    o    o    o    o    o    o
"""

# With a token that has every scope; the duty of its account decides the rest. The letter lies on
# nobody's desk, and no account works in a unit that could book.
ACTIONS = """
                                       none requ host secr head divi coor oper comm audi admi
POST /meetings                         -    x    o    x    x    x    x    x    x    x    o
GET /meetings                          -    o    o    o    o    o    o    o    o    o    o
GET /meetings/{meeting_id}             -    n    o    n    o    o    o    o    o    o    o
POST /meetings/{meeting_id}/tokens     -    n    o    n    x    x    x    o    x    x    o
GET /meetings/{meeting_id}/attendance  -    n    o    n    o    o    o    o    o    o    o
POST /meetings/{meeting_id}/end        -    n    o    n    x    x    x    o    x    x    o
GET /news                              -    x    x    o    o    o    o    x    x    o    o
GET /requests                          -    o    o    o    o    o    o    o    o    o    o
GET /requests/{number}                 -    n    n    o    o    o    o    n    n    o    o
GET /requests/{number}/papers          -    n    n    o    o    o    o    n    n    o    o
GET /requests/{number}/letters.zip     -    n    n    o    o    o    o    n    n    o    o
POST /requests/{number}/register       -    n    n    o    x    x    x    n    n    x    o
POST /requests/{number}/dispose        -    n    n    o    o    x    x    n    n    x    o
POST /requests/{number}/ask            -    n    n    o    o    o    o    n    n    x    o
POST /requests/{number}/offer          -    n    n    x    o    x    x    n    n    x    o
POST /requests/{number}/approve        -    n    n    x    o    x    x    n    n    x    o
POST /requests/{number}/reject         -    n    n    x    o    x    x    n    n    x    o
POST /requests/{number}/cancel         -    n    n    x    o    o    o    n    n    x    o
POST /requests/{number}/sign           -    n    n    x    o    o    x    n    n    x    o
POST /requests/{number}/authorise      -    n    n    x    o    x    x    n    n    x    o
POST /requests/{number}/review         -    n    n    x    o    x    x    n    n    x    o
POST /requests/{number}/return         -    n    n    x    x    x    x    n    n    x    x
POST /requests/{number}/finish         -    n    n    x    x    x    x    n    n    x    x
GET /requests/{number}/disposition.pdf -    n    n    o    o    o    o    n    n    o    o
POST /bookings                         -    x    x    x    x    x    x    x    x    x    x
GET /papers                            -    o    o    o    o    o    o    o    o    o    o
GET /papers/{code}                     -    n    n    o    o    o    o    n    n    o    o
POST /papers/{code}/initial            -    n    n    o    o    o    o    n    n    x    o
POST /papers/{code}/withdraw           -    n    n    o    o    o    o    n    n    x    o
POST /papers/{code}/correct            -    n    n    o    o    o    o    n    n    x    o
POST /papers/{code}/revoke             -    n    n    x    o    o    x    n    n    x    o
POST /papers/{code}/signed-copy        -    n    n    o    o    o    o    n    n    x    o
"""

# Whoever holds a seat may call these; the seat, not a duty, says what it may do. Without one: 401.
BY_SEAT = {
    "POST /public/seats/alive",
    "GET /public/seats/chat",
    "POST /public/seats/chat",
    "PATCH /public/seats/me",
    "PATCH /public/seats/participants/{participant_id}",
    "POST /public/seats/participants/{participant_id}/mute",
    "POST /public/seats/participants/{participant_id}/remove",
    "POST /public/seats/lock",
    "POST /public/seats/end",
}
# Open to everyone with the link.
OPEN = {
    "GET /public/meetings/{slug}",
    "POST /public/meetings/{slug}/seats",
    "POST /public/connection-check",
    "POST /invitations/parse",
    "POST /requests",
    "GET /public/requests/{code}",
    "POST /public/requests/{code}/letter",
    "POST /public/requests/{code}/answer",
    "POST /public/requests/{code}/accept",
    "POST /public/requests/{code}/refuse",
    "POST /public/requests/{code}/cancel",
    "GET /documents/{code}",
    "GET /documents/{code}/pdf",
    "POST /documents/{code}/compare",
}


def cells(table: str) -> dict[str, dict[str, str]]:
    """Row → column → expected answer. Raises ``AssertionError`` for a table that is not whole."""
    head, *rows = [line.split() for line in table.strip("\n").splitlines()]
    assert head == list(COLUMNS)
    found: dict[str, dict[str, str]] = {}
    for *name, _1, _2, _3, _4, _5, _6, _7, _8, _9, _10, _11 in rows:
        row = " ".join(name)
        assert row not in found, f"{row} stands in the table twice"
        found[row] = dict(zip(COLUMNS, (_1, _2, _3, _4, _5, _6, _7, _8, _9, _10, _11), strict=True))
    return found
