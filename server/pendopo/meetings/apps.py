from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "pendopo.meetings"
