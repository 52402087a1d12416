"""The countries, and the states of the United States, as English-language articles name them. Knows names, no question.

The United Nations' members and observers, and what news call a country beside them; of a name in several words that word alone
stands here that tells it from others ("Zealand", "Rica").
"""

from __future__ import annotations

_COUNTRIES = """
    afghanistan albania algeria andorra angola antigua argentina armenia australia austria azerbaijan bahamas bahrain bangladesh
    barbados belarus belgium belize benin bhutan bolivia bosnia botswana brazil britain brunei bulgaria burkina burundi cambodia
    cameroon canada chad chile china colombia comoros congo croatia cuba cyprus czechia denmark djibouti dominica dominican ecuador
    egypt emirates england eritrea estonia eswatini ethiopia fiji finland france gabon gambia georgia germany ghana greece grenada
    guatemala guinea guyana haiti honduras hungary iceland india indonesia iran iraq ireland israel italy ivoire jamaica japan
    jordan kazakhstan kenya kiribati korea kosovo kuwait kyrgyzstan lanka laos latvia lebanon leone lesotho liberia libya
    liechtenstein lithuania luxembourg macedonia madagascar malawi malaysia maldives mali malta mauritania mauritius mexico
    micronesia moldova monaco mongolia montenegro morocco mozambique myanmar namibia nauru nepal netherlands nicaragua niger
    nigeria norway oman pakistan palau palestine panama papua paraguay peru philippines poland portugal qatar rica romania russia
    rwanda salvador samoa saudi scotland senegal serbia seychelles singapore slovakia slovenia somalia spain sudan suriname sweden
    switzerland syria taiwan tajikistan tanzania thailand togo tonga trinidad tunisia turkey turkmenistan tuvalu türkiye uganda uk
    ukraine uruguay us usa uzbekistan vanuatu vatican venezuela vietnam wales yemen zambia zealand zimbabwe
"""

_STATES = """
    alabama alaska arizona arkansas california carolina colorado connecticut dakota delaware florida georgia hampshire hawaii idaho
    illinois indiana iowa jersey kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri
    montana nebraska nevada ohio oklahoma oregon pennsylvania rhode tennessee texas utah vermont virginia washington wisconsin
    wyoming york calif colo conn fla ill mass mich minn okla ore pa tenn wash wis
"""

COUNTRIES = frozenset(_COUNTRIES.split()) | {"united states", "united kingdom"}
STATES = frozenset(_STATES.split())
"""All in lower case."""
