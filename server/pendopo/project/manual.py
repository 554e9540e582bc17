"""What the operating manual takes from the code."""

from pendopo.project.deployment import CONFIG_VARIABLE, Deployment, setting_names


def settings_table() -> str:
    """The settings as a Markdown table, for the operating manual."""
    rows = ["| setting | form | default | what it does |", "|---|---|---|---|"]
    for name, field in setting_names().items():
        info = Deployment.model_fields[field]
        extra = info.json_schema_extra
        form = extra["form"] if isinstance(extra, dict) else ""
        shown = str(info.default).lower() if isinstance(info.default, bool) else info.default
        default = "" if info.default in (None, "") else f"`{shown}`"
        rows.append(f"| `{name}` | {form} | {default} | {info.description} |")
    rows.append(
        f"| `{CONFIG_VARIABLE}` | a file | | `KEY=value` lines for all of the above; the "
        "environment wins. |"
    )
    return "\n".join(rows) + "\n"
