"""Faults on purpose: builds are killed, disks fill up, files rot, and nothing may be lost.

``tools/chaos.py`` runs the scenarios of this package; ``docs/reliability.md`` says what they prove.
"""
