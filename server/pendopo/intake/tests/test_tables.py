"""What the tables themselves promise."""

import pytest
from django.contrib.postgres.search import SearchQuery
from django.db import IntegrityError, transaction

from pendopo.intake.models import ServiceRequest

pytestmark = pytest.mark.django_db


def test_indonesian_words_are_found_by_their_stem() -> None:
    ServiceRequest.objects.create(organisation_name="PKK", event_title="Pelatihan kader posyandu")
    query = SearchQuery("melatih", config="indonesian")
    assert ServiceRequest.objects.filter(words=query).count() == 1


def test_a_sent_request_without_a_number_is_refused_by_the_database() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceRequest.objects.create(state="submitted")
