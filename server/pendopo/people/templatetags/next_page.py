"""Where a page leads that stands on the way to somewhere."""

from allauth.account.utils import get_next_redirect_url
from django import template
from django.urls import reverse

register = template.Library()


@register.simple_tag(takes_context=True)
def next_page(context: template.Context, otherwise: str) -> str:
    """The page that `next` asks for, if it is ours; else the one with this name."""
    return get_next_redirect_url(context["request"]) or reverse(otherwise)
