"""Midtrans' own client for Python before the pretend Midtrans: what it sends is taken, and what it gets it can read.

Called with the address of the pretend Midtrans and its server key; fails when anything is not as with Midtrans.
"""
import sys

import midtransclient
from midtransclient.config import ApiConfig
from midtransclient.error_midtrans import MidtransAPIError

AMOUNT = 50_000
BACK = "https://shop.example.test/order"

# Kinds of charges at the Core API, with what each is asked for.
CHARGES = [
    ("bank_transfer", {"bank": "bca"}),
    ("echannel", {"bill_info1": "Pay", "bill_info2": "the bill"}),
    ("qris", {"acquirer": "gopay"}),
    ("gopay", {"enable_callback": True, "callback_url": BACK}),
    ("shopeepay", {"callback_url": BACK}),
    ("cstore", {"store": "indomaret", "message": "Shirt"}),
    ("cstore", {"store": "alfamart", "message": "Shirt"}),
]

# What is paid on a page of Snap's.
PAGES = ["credit_card", "kredivo", "akulaku"]


def main(address, server_key):
    ApiConfig.CORE_SANDBOX_BASE_URL = address
    ApiConfig.SNAP_SANDBOX_BASE_URL = address + "/snap/v1"
    core = midtransclient.CoreApi(is_production=False, server_key=server_key)
    snap = midtransclient.Snap(is_production=False, server_key=server_key)
    for number, (kind, details) in enumerate(CHARGES):
        charge_read_and_cancel(core, f"CORE-{number}", kind, details)
    for method in PAGES:
        open_a_page(snap, core, f"SNAP-{method}", method)
    print(len(CHARGES), "charges and", len(PAGES), "pages")


def charge_read_and_cancel(core, order_id, kind, details):
    charged = core.charge({"payment_type": kind, kind: details, "transaction_details": order(order_id)})
    assert charged["transaction_status"] == "pending", charged
    told = core.transactions.status(order_id)
    assert (told["order_id"], told["transaction_id"]) == (order_id, charged["transaction_id"]), told
    cancelled = core.transactions.cancel(order_id)
    assert cancelled["transaction_status"] == "cancel", cancelled


def open_a_page(snap, core, order_id, method):
    asked = {"transaction_details": order(order_id), "enabled_payments": [method], "credit_card": {"secure": True}}
    page = snap.create_transaction(asked)
    assert page["redirect_url"].endswith(page["token"]), page
    try:
        told = core.transactions.status(order_id)
    except MidtransAPIError as error:
        assert "404" in str(error), error
    else:
        raise AssertionError(f"a charge before anything is begun: {told}")


def order(order_id):
    return {"order_id": order_id, "gross_amount": AMOUNT}


main(*sys.argv[1:])
