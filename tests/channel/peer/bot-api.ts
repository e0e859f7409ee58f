// What the JSON Schema is made of: the calls the bot makes, and what Telegram answers and sends.
// An alias must not be named like the type it stands for.
import type { TelegramMessage, TelegramUpdate, TelegramUser, TelegramWebhookInfo } from '@gramio/types/objects';
import type * as Params from '@gramio/types/params';

export interface Calls {
  getMe: Record<string, never>;
  getUpdates: Params.GetUpdatesParams;
  setWebhook: Params.SetWebhookParams;
  deleteWebhook: Params.DeleteWebhookParams;
  getWebhookInfo: Record<string, never>;
  sendMessage: Params.SendMessageParams;
  sendDocument: Params.SendDocumentParams;
  sendPhoto: Params.SendPhotoParams;
  editMessageText: Params.EditMessageTextParams;
  editMessageReplyMarkup: Params.EditMessageReplyMarkupParams;
  answerCallbackQuery: Params.AnswerCallbackQueryParams;
  setMyCommands: Params.SetMyCommandsParams;
  deleteMyCommands: Params.DeleteMyCommandsParams;
  setChatMenuButton: Params.SetChatMenuButtonParams;
}

export interface Answers {
  getMe: TelegramUser;
  getUpdates: TelegramUpdate[];
  setWebhook: true;
  deleteWebhook: true;
  getWebhookInfo: TelegramWebhookInfo;
  sendMessage: TelegramMessage;
  sendDocument: TelegramMessage;
  sendPhoto: TelegramMessage;
  editMessageText: TelegramMessage | true;
  editMessageReplyMarkup: TelegramMessage | true;
  answerCallbackQuery: true;
  setMyCommands: true;
  deleteMyCommands: true;
  setChatMenuButton: true;
}

export type SentUpdate = TelegramUpdate;
