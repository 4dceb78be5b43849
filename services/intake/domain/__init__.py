"""The rules of intake, a file a behaviour. Pure: no clock, no database, no chance.

`model` what intake knows; `rows` a line of a form checked; `registration` a returnee taken up; `consents` agreement and
contact; `plans` which services a plan holds; `offers` which course, which provider; `referrals` their life;
`eligibility` social protection; `placements` a job found; `closings` the end of a case; `timelines` one person's story.
"""
