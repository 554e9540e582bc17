"""Offers that nobody answered."""

from procrastinate.contrib.django import app

from pendopo.foundation import clock
from pendopo.intake.actions.decisions import expire_offer
from pendopo.intake.models import Offer
from pendopo.intake.rules.decisions import OfferState


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="expire_offers")
def expire_offers(timestamp: int) -> None:
    """Takes back offers whose time is over; each in a transaction of its own."""
    for made in Offer.objects.filter(state=OfferState.OPEN, expires_at__lte=clock.now()):
        expire_offer(made)
