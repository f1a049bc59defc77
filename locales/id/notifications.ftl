### notifications
