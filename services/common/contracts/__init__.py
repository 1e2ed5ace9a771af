"""The published language: messages and stubs generated from proto/; only this file is written by hand."""

from .approval.v1 import approval_pb2 as approval
from .disclosure.v1 import disclosure_pb2 as disclosure
from .intake.v1 import intake_pb2 as intake
from .review.v1 import review_pb2 as review

__all__ = ["approval", "disclosure", "intake", "review"]
