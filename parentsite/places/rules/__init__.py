"""The decisions behind a daycare place: pure, standard library only, today always a parameter.

`vocabulary` the words · `policy` what a town decides · `calendar` months, ages, deadlines · `guarantee` and
`preview` the dates promised · `seniority`, `order` and `line` the waiting list · `fitting` who can take a place ·
`allocation` a month's places all at once · `forecast` how many will be needed · `states` what may become what ·
`answers` what Yes, No and silence do · `shown` the proof of what a page said they would do.

"the Act" is dagtilbudsloven, "the Order" is BEK 2058/2021 (dagtilbudsbekendtgørelsen).
"""
