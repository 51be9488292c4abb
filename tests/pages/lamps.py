"""A question that no article answers, what a person answered, and what somebody might write instead."""

QUESTION = "how is a lava lamp repaired?"
NAMED = "How is a lava lamp repaired?"
ANSWER = "A lava lamp is repaired within twelve days in our workshop. Bring it along with the bill."
HOSTILE = "**Free** <img src=x onerror=alert(1)> $1 and $2 :red[now] [x](javascript:alert(1))"
