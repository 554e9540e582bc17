"""Addresses of the pages about rooms."""

from django.urls import path

from pendopo.schedule import views

urlpatterns = [
    path("pengaturan/ruang/", views.room_list, name="room-list"),
    path("pengaturan/ruang/baru", views.room_edit, name="room-new"),
    path("pengaturan/ruang/<uuid:room_id>/", views.room_edit, name="room-change"),
]
