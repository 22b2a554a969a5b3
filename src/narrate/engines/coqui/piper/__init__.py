"""Voices of Piper: VITS networks in ONNX, brought into the form that Coqui loads.

``settings`` reads the JSON beside a voice, ``graph`` the layers of its file, ``network`` tells
which layer is which, ``checkpoint`` writes them as Coqui does, ``agreement`` lets both speak and
compares, ``phonemes`` makes of a text the symbols that the voice learnt from.
"""
