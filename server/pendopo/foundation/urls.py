from django.urls import path

from pendopo.foundation.pages import set_preferences
from pendopo.foundation.search import search

urlpatterns = [
    path("tampilan", set_preferences, name="preferences"),
    path("cari", search, name="search"),
]
