"""The grammar of Go's yaml.v3 v3.0.1, to the last character: what libyaml reads otherwise, or not at all.

Copilot reads its files with it. It began as libyaml, translated, and the two have drifted apart; where a
text shows none of what they differ in (`syntax/parsers.py`), libyaml reads it, which is much faster.
`Scanner` makes tokens of a text and `Parser` makes events of them, both named as libyaml names its own.
Source: gopkg.in/yaml.v3 v3.0.1: scannerc.go, parserc.go, readerc.go, yamlprivateh.go.
"""
