"""The desk's front door: the log, the search and the figures."""

from tests.stories.kinds import SEND, desk

ASKED = "log?formaal=spot_check"
FRONT_DOOR = (
    desk("log", "desk_log.entries", "log", "officer"),
    desk("log-opened", "desk_log.entries", ASKED, "officer"),
    desk("log-of-child", "desk_log.entries", f"{ASKED}&barn={{baby}}", "officer"),
    desk("log-none", "desk_log.entries", f"{ASKED}&fra=2020-01-01&til=2020-02-01", "officer"),
    desk("log-refused", "desk_log.entries", "log?formaal=", "officer", status=422),
    desk("log-find", "desk_log.child", "log/barn", "officer"),
    desk("log-found", "desk_log.child", "log/barn", "officer", fill=(("#q", "Lund"),), press=SEND),
    desk("search", "desk_search.search", "find"),
    desk("search-found", "desk_search.search", "find", fill=(("#q", "Lund"),), press=SEND),
    desk("search-none", "desk_search.search", "find", fill=(("#q", "Ingen Sådan"),), press=SEND),
    desk("search-refused", "desk_search.search", "find", press=SEND, status=422),
    desk("figures", "desk_figures.figures", "tal"),
    desk("figures-visits", "desk_figures.figures", "tal", "visitor"),
)
