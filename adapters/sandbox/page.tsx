/** @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx';
import { pageTexts as t } from './page-texts.ts';

/** The page's markup, empty of data: names and messages are put in by its scripts, as text only. */
export function page(): string {
  const styles = ['base', 'layout', 'messages', 'composer', 'panels', 'dialogs'];
  const document = (
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta
          name="viewport"
          content="width=device-width, initial-scale=1, interactive-widget=resizes-content"
        />
        <meta name="color-scheme" content="light dark" />
        <title>{t.title}</title>
        <link rel="icon" href="/page/icon.svg" type="image/svg+xml" />
        {styles.map((name) => (
          <link rel="stylesheet" href={`/page/${name}.css`} />
        ))}
        <script type="module" src="/page/app.js" />
      </head>
      <body>
        <a class="skip" href="#input">
          {t.skip}
        </a>
        <p class="notice" role="note">
          {t.local}
        </p>
        <div class="app">
          <Left />
          <Conversation />
          <Right />
        </div>
        <div id="scrim" hidden />
        <Who />
        <Lightbox />
        <div id="announce" class="unseen" aria-live="polite" />
        <div id="toast" role="alert" hidden />
      </body>
    </html>
  );
  return `<!doctype html>${document}`;
}

function Left() {
  return (
    <aside id="left" class="side" aria-label={t.left}>
      <div class="brand">
        <img src="/page/icon.svg" alt="" width="32" height="32" />
        <div>
          <strong>{t.brand}</strong>
          <small>{t.brandNote}</small>
        </div>
        <Close of="left" />
      </div>
      <button type="button" id="who-open" class="persona" aria-haspopup="dialog">
        <span id="who-avatar" />
        <span class="persona-text">
          <small>{t.youAre}</small>
          <strong id="who-name" />
        </span>
        <span class="persona-change">{t.change}</span>
      </button>
      <nav aria-label={t.chats}>
        <ul id="chats" class="rows" />
      </nav>
      <section id="others" hidden>
        <h2>{t.others}</h2>
        <ul id="others-list" class="rows" />
      </section>
    </aside>
  );
}

function Conversation() {
  return (
    <main class="conversation">
      <header class="bar">
        <Open of="left" label={t.openLeft} icon="M4 6h16M4 12h16M4 18h16" />
        <div class="bar-title">
          <h1 id="chat-title">{t.group}</h1>
          <p>
            <span id="chat-me" class="bar-me" />
            <span id="chat-note" />
          </p>
        </div>
        <p id="chat-clock" class="bar-clock" aria-hidden="true" />
        <Open of="right" label={t.openRight} icon="M12 7v5l3 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z" />
      </header>
      <section id="log" class="log" aria-label={t.messages} tabindex={0}>
        <button type="button" id="older" class="quiet" hidden>
          {t.older}
        </button>
        <div id="empty" class="empty" hidden />
        <ol id="entries" />
      </section>
      <button type="button" id="newest" class="newest" hidden>
        {t.newest}
      </button>
      <form id="composer" class="composer" aria-label={t.compose}>
        <div id="quote" class="quote-chip" hidden>
          <span id="quote-text" />
          <button type="button" id="quote-off" aria-label={t.quoteOff}>
            ×
          </button>
        </div>
        <div id="picker" class="picker" role="listbox" aria-label={t.pick} tabindex={-1} hidden />
        <p id="outside" class="outside" hidden>
          {t.outside}{' '}
          <button type="button" id="come-back">
            {t.comeBack}
          </button>
        </p>
        <div id="tools" class="tools">
          <button type="button" id="at" class="tool" aria-label={t.mention} title={t.mention}>
            @
          </button>
          <Pick
            id="image"
            label={t.image}
            accept="image/*"
            icon="M4 5h16v14H4zM4 16l4.5-4.5 4 4 3-3L20 17M9 9.5h.01"
          />
          <Pick
            id="file"
            label={t.file}
            accept=""
            icon="M20 11.5 12.3 19a5 5 0 0 1-7-7l8-8a3.3 3.3 0 0 1 4.7 4.7l-8 8a1.7 1.7 0 0 1-2.4-2.4L15 7"
          />
          <textarea
            id="input"
            rows={1}
            aria-label={t.input}
            placeholder={t.input}
            aria-autocomplete="list"
            aria-controls="picker"
          />
          <button type="submit" id="send" class="primary">
            {t.send}
          </button>
        </div>
        <p class="composer-note">{t.keys}</p>
      </form>
    </main>
  );
}

function Right() {
  return (
    <aside id="right" class="side" aria-label={t.right}>
      <Close of="right" />
      <Panel id="steps-panel" title={t.steps}>
        <ol id="steps" class="steps" />
      </Panel>
      <Panel id="clock-panel" title={t.clock}>
        <p id="clock" class="clock" role="timer" aria-label={t.clockNow} />
        <ul id="moves" class="moves" />
        <form id="clock-form" class="clock-form">
          <label for="clock-to">{t.custom}</label>
          <div>
            <input id="clock-to" type="datetime-local" required />
            <button type="submit">{t.go}</button>
          </div>
        </form>
        <p id="clock-busy" class="clock-busy" role="status" hidden>
          {t.moving}
        </p>
        <p class="fine">{t.clockNote}</p>
      </Panel>
      <Panel id="members-panel" title={t.members}>
        <div class="panel-count" id="members-count" />
        <input id="members-search" type="search" aria-label={t.searchMembers} placeholder={t.searchMembers} />
        <ul id="members" class="rows members" />
        <form id="join-form" class="join-form">
          <label for="join-name">{t.join}</label>
          <div>
            <input id="join-name" maxlength={64} placeholder={t.joinName} autocomplete="off" required />
            <button type="submit">{t.joinGo}</button>
          </div>
        </form>
      </Panel>
    </aside>
  );
}

function Who() {
  return (
    <dialog id="who" class="who" aria-labelledby="who-title">
      <header>
        <h2 id="who-title">{t.whoTitle}</h2>
        <form method="dialog">
          <button type="submit" class="icon" aria-label={t.close}>
            ×
          </button>
        </form>
      </header>
      <input id="who-search" type="search" aria-label={t.searchPeople} placeholder={t.searchPeople} />
      <ul id="who-list" class="rows" />
    </dialog>
  );
}

function Lightbox() {
  return (
    <dialog id="lightbox" class="lightbox" aria-label={t.picture}>
      <div id="lightbox-body" class="lightbox-body">
        <img id="lightbox-image" alt="" />
        <p id="lightbox-alt" />
      </div>
      <div class="lightbox-actions">
        <a id="lightbox-save" href="/" download="">
          {t.save}
        </a>
        <form method="dialog">
          <button type="submit">{t.close}</button>
        </form>
      </div>
    </dialog>
  );
}

function Panel(props: { id: string; title: string; children: Child }) {
  return (
    <section id={props.id} class="panel" aria-labelledby={`${props.id}-title`}>
      <h2 id={`${props.id}-title`}>{props.title}</h2>
      {props.children}
    </section>
  );
}

function Open(props: { of: string; label: string; icon: string }) {
  return (
    <button
      type="button"
      id={`open-${props.of}`}
      class="icon"
      aria-label={props.label}
      aria-controls={props.of}
    >
      <Icon path={props.icon} />
      <span class="dot" hidden />
    </button>
  );
}

function Close(props: { of: string }) {
  return (
    <button type="button" id={`close-${props.of}`} class="icon close-side" aria-label={t.close}>
      ×
    </button>
  );
}

function Pick(props: { id: string; label: string; accept: string; icon: string }) {
  return (
    <label class="tool" title={props.label}>
      <input
        type="file"
        id={props.id}
        class="unseen"
        accept={props.accept}
        multiple
        aria-label={props.label}
      />
      <Icon path={props.icon} />
    </label>
  );
}

function Icon(props: { path: string }) {
  return (
    <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" focusable="false">
      <path
        d={props.path}
        fill="none"
        stroke="currentColor"
        stroke-width="1.8"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
