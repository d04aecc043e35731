"""Secrets at rest: master keys, data keys, sealed records. The only place of the storage that knows cryptography."""
