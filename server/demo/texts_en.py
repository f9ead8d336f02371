"""What is said today, in English: the same acts in the same order as in `texts.py`, which says them in Chinese."""

POSTS_EN = [
    "**The fourth quarter begins**\n\nThank you all. Three things come first:\n\n"
    "1. Visit every customer whose contract ends, before the end of November\n2. At least 20 trials of version 2.0\n"
    "3. Money in comes before contracts signed",
    "The autumn fair brought **186 business cards**, all in the sheet now."
    " Thanks to {1021} and {1020} for three days on their feet.\n\n> Most asked: can one confirm a notice on the phone?",
    "From today, one rule for quotes in the East:\n\n"
    "1. Up to five per cent off: the manager decides\n2. More than that: ask me first\n"
    "3. Free consulting days always go into the contract\n\n{1004} {1008} please read it with your teams, then press Received.",
    "Bluelake went live and passed **first time**. {1023} made the training into 12 three-minute films; the customer likes them, other projects may use them.",
    "Power will be off for about two hours from 18:00 on Friday. Save your work; {1025} keeps the door and writes a list.",
    "The harbour office moves to the 18th floor on Monday. {1015} has the seating plan; boxes are at the front desk.",
    "Billing data: account managers, please check the **tax number and bank** of your customers by Wednesday evening, then press Received. Changes go to {1017}.",
]

GROUPS_EN = [
    (
        "Sales 1, day to day",
        [
            "Morning. Who is in the business park today?",
            "Tessa and I. Bluelake at ten, two new ones in the afternoon",
            "I brought the sample back yesterday, it is charged",
            "The logistics people from last week called: they want a quote first",
            "Use the new rule, and say how many consulting days. {1007} show me before it goes out",
            "Will do, before eleven",
            "Ask Bluelake about phase two as well, they have money left this year",
        ],
    ),
    (
        "Autumn fair",
        [
            "The list of material is at the door, check yours before you leave",
            "English leaflets are printed, 300 copies",
            "The demo runs on the new server now, it opens much faster",
            "If the network there is bad, use my phone",
        ],
    ),
]

DIRECT_EN = [
    [
        "James, Bluelake's buyer asks whether they may pay in two parts",
        "They may, half of it first, and in the contract",
        "Good, I will tell them this afternoon",
    ],
    ["Henry, the note about Friday's power cut is out", "Good, thanks"],
]
