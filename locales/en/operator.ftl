# What rings in the chats of the people who run the instance.

alert-mismatch = 🚨 A payment does not fit its charge <code>{ $subject }</code>
alert-mismatch-advice = Amount, currency, merchant or transaction are not the ones that were asked for. <b>Nothing was booked as paid.</b> Look it up in the payment provider’s dashboard before anyone delivers.
alert-unexpected-report = ⚠️ The payment provider says something unexpected about <code>{ $subject }</code>
alert-unexpected-report-advice = { $what }. Nothing was changed by it. Compare it with the provider’s dashboard.
alert-return-beyond = 🚨 More went back than ever came: <code>{ $subject }</code>
alert-return-beyond-advice = The books stay at what came in and note the rest beside it. Ask the payment provider.
alert-charge-not-known = ⚠️ The payment provider does not know the charge <code>{ $subject }</code>
alert-charge-not-known-advice = It was made there earlier. Check that the account and its key are still the same.
alert-key-refused = 🚨 The payment provider refuses the key of account <b>{ $subject }</b>
alert-key-refused-advice = New customers cannot pay through it, and payments cannot be confirmed. Put the current server key into the settings and restart. Nothing is lost meanwhile.
alert-method-refused = ⚠️ The payment provider does not let an account use a way to pay: <b>{ $subject }</b>
alert-method-refused-advice = No shop of this account offers it for a day; then it is tried again. Have it activated at the provider, or leave it.
alert-account-missing = 🚨 Charges wait for account <b>{ $subject }</b>, which the settings do not name
alert-account-missing-advice = They cannot be confirmed without it. Put its server key back into the settings and restart.
alert-hold-kept = ⚠️ For over a day the payment provider has not said how charges of account <b>{ $subject }</b> ended
alert-hold-kept-advice = Their places stay reserved until it says that nobody paid. Check the connection, and look for these charges in the provider’s dashboard.
alert-orphan-notice = ⚠️ A notice names a charge that is unknown here: <code>{ $subject }</code>
alert-orphan-notice-advice = It looks like one of ours: after a restored backup it may be an order made after the copy. Find it in the provider’s dashboard, then deliver or give the money back.
alert-books = 🚨 The books do not fit: <code>{ $subject }</code>
alert-books-advice = { $what }. Run <code>tautan verify</code> for the whole list, and keep a backup of the database as it is now.
alert-database = 🚨 The database is in trouble: { $subject }
alert-database-advice = { $what }. Look at its disk and its log.
alert-refund-not-shown = ⚠️ The payment provider was asked a day ago to give money back, and shows none: <code>{ $subject }</code>
alert-refund-not-shown-advice = Look the charge up in the provider’s dashboard. If the money left, nothing is to be done here: the books follow when the provider reports it. If it did not, ask the provider, and let the seller know before anyone sends it by hand.
alert-restored = ℹ️ A backup was restored: { $subject }
alert-restored-advice = { $what }. Each of them is being asked about now. Orders made after the copy are unknown here; when the payment provider speaks of one, you hear of it.
