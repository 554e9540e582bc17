from django.urls import path

from pendopo.foundation.pages import set_preferences

urlpatterns = [path("tampilan", set_preferences, name="preferences")]
