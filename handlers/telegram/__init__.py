"""The Telegram door: aiogram takes what comes in and replies; a limiter paces what is sent unasked."""
