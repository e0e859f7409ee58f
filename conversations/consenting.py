"""The words somebody is asked to agree to, as this person reads them. Storage keeps what was agreed to."""

from conversations.facts import Facts
from review.consents import ConsentText, consent_text


def present_text(facts: Facts) -> ConsentText:
    """Today's version, filled in with whose server it is and with the open review."""
    text = consent_text()
    assert text, "the current version is shipped"
    owner = facts.committee.name if facts.committee else "cấp ủy"
    return text.filled(
        owner, facts.cycle.year if facts.cycle else None, facts.pack.retention_years if facts.pack else None
    )
