"""What an editor can ask about a file, free of any protocol.

Functions over a `Document`, its `Files` and offsets in code points; what they return is frozen data.
`sidecar_lint.server` puts it into the words of the Language Server Protocol.
"""
