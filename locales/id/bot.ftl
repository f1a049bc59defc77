### bot
