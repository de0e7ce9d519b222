"""What does a client read?

One table of plain sentences, at most 30 words each, with the facts filled in.  Facts come from
strangers: they are shortened, and marks that turn text around are taken out.
"""

import re
from datetime import datetime
from types import MappingProxyType
from typing import Final

LONGEST_FACT: Final = 60
_INVISIBLE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)

SENTENCES: Final = MappingProxyType(
    {
        "format.passed": "This is a credential in a form that we understand.",
        "format.old": "This credential uses an older form of the standard; we could still read it.",
        "format.several": "This document speaks of several people at once; we show only the first.",
        "format.undefined": "This document uses a word that nobody defined, so programs may read "
        "it in different ways.",
        "format.malformed": "This document is damaged or isn't a credential; don't rely on this.",
        "format.unreachable": "We couldn't open this link just now, so nothing was checked.",
        "format.absent": "None of the issuers on our lists has a document with this code.",
        "proof.passed": "Nobody changed this document after it was signed.",
        "proof.failed": "This document was changed after it was issued; don't rely on this.",
        "proof.missing": "Nobody signed this document, so anyone could have written it; "
        "don't rely on this.",
        "proof.unusable": "The signature on this document isn't valid; don't rely on this.",
        "proof.uncovered": "Part of this document isn't covered by its signature, so anyone could "
        "have added it; don't rely on this.",
        "proof.incomplete": "A signature that you asked for isn't on this document; don't rely on "
        "this.",
        "proof.base": "This is the holder's private copy, which proves nothing; ask them for the "
        "copy that is made to be shown.",
        "proof.unknown_context": "This document uses words of a vocabulary that we don't carry, so "
        "we couldn't check its signature.",
        "proof.outdated": "The time for which this signature was made is over; don't rely on this.",
        "proof.unknown_suite": "This document is signed in a way that we can't read yet.",
        "proof.not_checked": "We couldn't check today whether this document was changed.",
        "issuer_key.passed": "The signing key belongs to the issuer that the document names.",
        "issuer_key.retired": "The issuer has stopped using the key that signed this; "
        "it was in use when this was signed.",
        "issuer_key.foreign": "The key that signed this doesn't belong to the issuer it names; "
        "don't rely on this.",
        "issuer_key.compromised": "The issuer reported the key that signed this as stolen or lost; "
        "don't rely on this.",
        "issuer_key.unreachable": "We couldn't reach the issuer's address today "
        "to check its signing key.",
        "issuer_key.unsupported": "The issuer is named in a way that we can't look up yet.",
        "issuer.passed": "{issuer} is on the list of issuers '{listed_by}' that we use.",
        "issuer.unknown": "The document is intact, but we know nothing about the issuer that calls "
        "itself '{issuer}'; judge it as you would a stranger's reference.",
        "issuer.blocked": "This issuer is on a list of issuers not to be trusted; "
        "don't rely on this.",
        "self_issued.passed": "Nothing in the document says that the holder issued or assessed it "
        "themselves.",
        "self_issued.warning": "The holder issued this to themselves; treat it like a line on a "
        "CV.",
        "self_issued.not_checked": "The document names no holder, so we can't tell whether they "
        "issued it themselves.",
        "validity_period.passed": "It is in force today.",
        "validity_period.until": "It is in force today, and until {until}.",
        "validity_period.expired": "The issuer's period of validity ended on {until}.",
        "validity_period.early": "This document only becomes valid on {since}; "
        "don't rely on this today.",
        "validity_period.unreadable": "The dates in this document can't be read; "
        "don't rely on this.",
        "status.passed": "The issuer has not withdrawn it.",
        "status.revoked": "The issuer withdrew this; ignore any earlier result or screenshot.",
        "status.suspended": "The issuer has put this on hold; ask the issuer or wait until it is "
        "settled.",
        "status.none": "The issuer gave no way to withdraw this, so nobody can tell you that it "
        "was.",
        "status.not_checked": "We couldn't check today whether it was withdrawn.",
        "status.unknown_kind": "The issuer publishes what it withdraws in a way that we can't read "
        "yet, so this may or may not be in force.",
        "status.unknown_purpose": "The issuer keeps a mark on this whose meaning we don't know, so "
        "it may or may not be in force.",
        "status.message": "The issuer has put a note on this: '{message}'.",
        "status.refreshed": "The issuer has a newer version of this; ask for that one.",
        "status.deprecated": "The issuer has not withdrawn it, but publishes that in an outdated "
        "way that fewer and fewer programs can read.",
        "schema.passed": "It says everything that its published form demands.",
        "schema.failed": "It doesn't say what its own published form demands; don't rely on this.",
        "schema.unknown": "Its published form is of a kind that we don't know.",
        "schema.none": "It names no published form to compare it with.",
        "schema.not_checked": "We couldn't compare it with its published form today.",
        "related_resources.passed": "The rubric and criteria are the ones it was issued under.",
        "related_resources.failed": "The rubric or criteria were changed after this was issued; "
        "don't rely on this.",
        "related_resources.none": "It fixes no rubric or criteria, so these may have changed since "
        "it was issued.",
        "related_resources.not_checked": "We couldn't read the rubric or criteria today.",
        "evidence.passed": "The evidence is still there and unchanged.",
        "evidence.changed": "The file now at this link is not the one that was assessed.",
        "evidence.gone": "The link no longer opens.",
        "evidence.unreachable": "We couldn't open this link today.",
        "evidence.private": "This evidence isn't open to everybody, so we couldn't look at it.",
        "evidence.too_large": "The file is too large for us to check.",
        "evidence.unbound": "The document doesn't fix what was at this link, so there is nothing "
        "to compare.",
        "evidence.not_web": "This names an archived version by its fingerprint; it isn't a link "
        "that we open.",
        "evidence.skipped": "We haven't looked at this evidence yet.",
        "evidence.too_many": "The document points at more evidence than we look at.",
        "evidence.none": "The document points at no work that you could look at.",
        "assessment.self_declared": "Nobody but the holder assessed this; treat it like a line on "
        "a CV.",
        "assessment.unsigned": "The issuer states: {method}. We don't check the assessor's own "
        "signature yet.",
        "assessment.not_read": "The issuer names who assessed this; we haven't read the assessment "
        "itself.",
        "assessment.none": "The document doesn't say how the work was assessed.",
        "holder.nobody_asked": "You didn't give a profile to compare it with.",
        "holder.presented": "It came in a document that somebody made to show it; "
        "we didn't check who, or for whom.",
        "holder.not_built": "We can't compare it with a profile yet; ask the holder which profile "
        "it names.",
        "presentation.passed": "This is a presentation in a form that we understand.",
        "presentation.empty": "This presentation shows no credential.",
        "presentation.malformed": "This is damaged or isn't a presentation; don't rely on this.",
        "presentation_proof.passed": "Nobody changed this presentation after it was signed.",
        "presentation_proof.failed": "This presentation was changed after it was signed; "
        "don't rely on this.",
        "presentation_proof.missing": "Nobody signed this presentation, so anyone could be showing "
        "these credentials; don't rely on this.",
        "presentation_proof.unusable": "The signature on this presentation isn't valid; "
        "don't rely on this.",
        "presentation_proof.uncovered": "Part of this presentation isn't covered by its signature, "
        "so anyone could have added it; don't rely on this.",
        "presentation_proof.base": "The signature on this presentation is a private copy, which "
        "proves nothing; don't rely on this.",
        "presentation_proof.unknown_context": "This presentation uses words of a vocabulary that "
        "we don't carry, so we couldn't check its signature.",
        "presentation_proof.outdated": "The time for which this presentation was signed is over; "
        "don't rely on this.",
        "presentation_proof.unknown_suite": "This presentation is signed in a way that we can't "
        "read yet.",
        "presentation_proof.not_checked": "We couldn't check today whether this presentation was "
        "changed.",
        "holder_key.passed": "The signing key belongs to the holder who shows this.",
        "holder_key.retired": "The holder has stopped using the key that signed this; "
        "it was in use when this was signed.",
        "holder_key.foreign": "The key that signed this doesn't belong to the holder it names; "
        "don't rely on this.",
        "holder_key.compromised": "The holder reported the key that signed this as stolen or lost; "
        "don't rely on this.",
        "holder_key.unreachable": "We couldn't reach the holder's address today to check the "
        "signing key.",
        "holder_key.unsupported": "The holder is named in a way that we can't look up yet.",
        "occasion.passed": "It was made for this occasion.",
        "occasion.challenge": "This was made for another occasion, so somebody may be showing a "
        "copy; don't rely on this.",
        "occasion.domain": "This was made to be shown to somebody else; don't rely on this.",
        "occasion.nobody_asked": "Nothing was given to compare it with, so this may be a copy that "
        "was made for another occasion.",
        "shown_by.passed": "Every credential here was issued to the one who shows it.",
        "shown_by.warning": "A credential here was issued to somebody other than the one who shows "
        "it.",
        "shown_by.not_checked": "A credential here doesn't say to whom it was issued, so anyone "
        "could be showing it.",
        "unproven": "Not looked at, because we couldn't establish that the document is genuine.",
        "verdict.confirmed": "{issuer} issued this, it is unchanged, and it is in force today.",
    }
)
"""Key → sentence; the part before the dot is the code of the check."""

MEANINGS: Final = MappingProxyType(
    {
        "format": "We can only judge documents in a form that we understand.",
        "proof": "A signature says who signed, and that not one word was changed since.",
        "issuer_key": "Anyone can make a key; it counts only if the issuer itself publishes it.",
        "issuer": "Whether you trust the document depends on whether you trust its issuer.",
        "self_issued": "What somebody says about themselves is worth less than what others say.",
        "validity_period": "Skills age, so issuers say until when their judgement holds.",
        "status": "Issuers can withdraw a document after they issued it.",
        "schema": "Issuers publish what their documents must say; this one was compared with it.",
        "related_resources": "The same words mean little if the rubric behind them was changed.",
        "evidence": "The work itself shows more than any statement about it; open it and look.",
        "assessment": "What a document is worth depends on who assessed the work, and how.",
        "holder": "A genuine document may still belong to somebody else.",
        "presentation": "Holders show their credentials together, in a document of its own.",
        "presentation_proof": "The holder's signature says who shows this, and that nothing was "
        "added or left out since.",
        "holder_key": "Anyone can make a key; it counts only if the holder itself publishes it.",
        "occasion": "A presentation is made for one occasion, so that nobody can show a copy of "
        "it.",
        "shown_by": "A genuine credential may have been issued to somebody else.",
    }
)
"""What each question means for a client, by the code of the check."""

ADVICE: Final = MappingProxyType(
    {
        "format.several": "This document speaks of several people at once; we show only the first.",
        "format.malformed": "Ask for the link or the code instead of a copy.",
        "proof.failed": "Ask the freelancer for the original, by its link or code.",
        "proof.missing": "Ask the freelancer for a signed document, by its link or code.",
        "proof.unusable": "Ask the freelancer for the original, by its link or code.",
        "proof.incomplete": "Ask the freelancer for the original with all its signatures.",
        "proof.not_checked": "Try again later, or ask for the link at the issuer.",
        "issuer_key.foreign": "Ask the issuer, at an address that you found yourself.",
        "issuer_key.compromised": "Ask the issuer whether they still stand behind it.",
        "issuer_key.unreachable": "Try again later.",
        "issuer.unknown": "Look at who they are, as you would for any reference.",
        "self_issued.warning": "Ask for work that somebody else has judged.",
        "validity_period.expired": "Ask what they have done since.",
        "status.revoked": "Ask the freelancer why, if you still want to work with them.",
        "status.suspended": "Ask again in some days.",
        "status.not_checked": "Try again later; until then it may or may not be in force.",
        "status.unknown_kind": "Ask the issuer, at an address that you found yourself.",
        "status.unknown_purpose": "Ask the issuer what its mark means.",
        "status.message": "Ask the issuer what its note means.",
        "status.refreshed": "Ask the freelancer for the newer version.",
        "related_resources.failed": "Ask the issuer which rubric applied.",
        "related_resources.not_checked": "Try again later.",
        "evidence.changed": "Look at the issuer's copy, if there is one, or ask for the file.",
        "evidence.gone": "Look at the issuer's copy, if there is one, or ask for the file.",
        "evidence.unreachable": "Try again later.",
        "assessment.self_declared": "Ask for work that somebody else has judged.",
        "holder.nobody_asked": "Compare the profile with what the freelancer sent you.",
    }
)
"""What a client can do, by the key of the sentence; where there is nothing to do, nothing."""

ALWAYS: Final = (
    "We did not judge the skill itself; the assessor named here did.",
    "Neither the freelancer nor the issuer is told that you looked.",
)
"""Said with every result."""


def say(key: str, **facts: str) -> str:
    """Fill a sentence."""
    return SENTENCES[key].format(**{name: shortened(fact) for name, fact in facts.items()})


def shortened(text: str, longest: int = LONGEST_FACT) -> str:
    """A stranger's text, safe and short enough to stand within a sentence."""
    plain = " ".join(_INVISIBLE.sub(" ", text).split())
    return plain if len(plain) <= longest else plain[: longest - 1].rstrip() + "…"


def day(moment: datetime) -> str:
    """A date in words: 3 March 2026."""
    return f"{moment.day} {moment:%B %Y}"
