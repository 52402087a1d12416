"""Words whose inflection no ending tells: "wrote" is "write", "men" is "man". Knows words, no article.

Snowball takes endings off and leaves these apart. Only forms that are hardly ever another word are listed: "left" and "saw"
stay what they are.
"""

from __future__ import annotations

# Each line: a word, then forms of it; the word's stem stands for all of them.
_ENGLISH = """
    become became
    begin began begun
    blow blew blown
    break broke broken
    breed bred
    bring brought
    build built
    buy bought
    catch caught
    choose chose chosen choice
    come came
    deal dealt
    die dead death deaths
    draw drew drawn
    drink drank drunk
    drive drove driven
    eat ate eaten
    feed fed
    feel felt
    fight fought
    flee fled
    fly flew flown
    forget forgot forgotten
    freeze froze frozen
    give gave given
    go went gone
    grow grew grown
    hang hung
    hide hid hidden
    hold held
    keep kept
    know knew known
    lead led
    lose lost loss losses
    make made
    mean meant
    meet met
    pay paid
    ride rode ridden
    ring rang rung
    run ran
    say said
    seek sought
    sell sold sale sales
    send sent
    shake shook shaken
    shoot shot
    sing sang sung
    sink sank sunk
    sit sat
    sleep slept
    slide slid
    speak spoke spoken
    spend spent
    stand stood
    steal stole stolen
    strike struck stricken
    swear swore sworn
    sweep swept
    swim swam swum
    take took taken
    teach taught
    tear tore torn
    tell told
    think thought
    throw threw thrown
    understand understood
    wear wore worn
    win won
    write wrote written
    born birth
    child children
    man men
    woman women
    person people persons
    foot feet
    tooth teeth
    mouse mice
    wife wives
"""
_GERMAN = """
    beginnen begann begannen begonnen
    bleiben blieb blieben geblieben
    brechen brach brachen gebrochen
    bringen brachte brachten gebracht
    denken dachte dachten gedacht
    entscheiden entschied entschieden
    fallen fiel fielen gefallen
    finden fand fanden gefunden
    fliegen flog flogen geflogen
    geben gab gaben gegeben
    gehen ging gingen gegangen
    gewinnen gewann gewannen gewonnen
    halten hielt hielten gehalten
    heißen hieß hießen geheißen
    helfen half halfen geholfen
    kommen kam kamen gekommen
    lassen ließ ließen gelassen
    lesen las lasen gelesen
    nehmen nahm nahmen genommen
    nennen nannte nannten genannt
    rufen rief riefen gerufen
    schlagen schlug schlugen geschlagen
    schließen schloss schlossen geschlossen
    schreiben schrieb schrieben geschrieben
    sehen sah sahen gesehen
    singen sang sangen gesungen
    sprechen sprach sprachen gesprochen
    sterben starb starben gestorben
    stehen stand standen gestanden
    tragen trug trugen getragen
    treffen traf trafen getroffen
    verlieren verlor verloren
    werfen warf warfen geworfen
    ziehen zog zogen gezogen
"""
_SPANISH = """
    decir dijo dijeron dice dicen dicho
    hacer hizo hicieron hace hecho
    morir murió murieron muere mueren muerto muerta muerte
    nacer nació nacieron nace nacido nacimiento
    poner puso pusieron puesto
    saber supo supieron sabe
    tener tuvo tuvieron tiene tienen
    traer trajo trajeron
    venir vino vinieron viene vienen
    perder pierde pierden
    comenzar comienza comienzan comienzo
    empezar empieza empiezan
    escribir escrito
    abrir abierto
    romper roto
"""


def _bases(table: str) -> dict[str, str]:
    return {form: base for base, *forms in map(str.split, table.strip().splitlines()) for form in forms}


BASES = {"en": _bases(_ENGLISH), "de": _bases(_GERMAN), "es": _bases(_SPANISH)}
"""By language: a form, case-folded → the word that it is a form of."""
