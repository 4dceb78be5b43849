"""The rules of employment, a file a behaviour. Pure: no clock, no database, no chance.

`model` what employment knows; `profile` how events of others make up a seeker; `matching` who fits what, and why not;
`proposing` who is told of which vacancy; `vacancies` a vacancy opened; `placing` acceptance, decline, placement.
"""
