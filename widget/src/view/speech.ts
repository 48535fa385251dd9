/**
 * Reads texts aloud, only with a voice of the device itself: a voice from the network would send the text to somebody else.
 * One text at a time.
 */
class Speech {
  #stopped: (() => void) | null = null;

  get possible(): boolean {
    return "speechSynthesis" in window;
  }

  /** Speak, and call `done` when it ends or is stopped. False when the device has no voice for this language. */
  say(text: string, lang: string, done: () => void): boolean {
    this.stop();
    const voice = speechSynthesis.getVoices().find((each) => each.localService && each.lang.toLowerCase().startsWith(lang));
    if (!voice) return false;
    const spoken = new SpeechSynthesisUtterance(text);
    Object.assign(spoken, { voice, lang: voice.lang });
    const over = (): void => {
      if (this.#stopped !== done) return;
      this.#stopped = null;
      done();
    };
    spoken.addEventListener("end", over);
    spoken.addEventListener("error", over);
    this.#stopped = done;
    speechSynthesis.speak(spoken);
    return true;
  }

  stop(): void {
    if (!this.#stopped) return;
    speechSynthesis.cancel();
    this.#stopped();
    this.#stopped = null;
  }
}

export const speech = new Speech();
