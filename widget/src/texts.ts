import type { Status } from "./conversation/types";

/**
 * All words of the widget itself. What the assistant says comes from the API.
 * Each on its own, so that the build keeps the words and drops their names.
 */

export const name = "Steunwijzer";
export const subtitle = "Digitale assistent van uw gemeente";
export const statuses: Partial<Record<Status, string>> = { wachtrij: "U wacht op een medewerker", in_gesprek: "U praat met een medewerker" };
export const senders = { assistent: "Steunwijzer", inwoner: "U", medewerker: "Medewerker", systeem: "Bericht" };
export const launcher = "Chat";
export const launch = "Stel uw vraag";
export const unread = (count: number): string => (count === 1 ? "nieuw bericht" : "nieuwe berichten");
export const hide = "Verberg";
export const log = "Gesprek met Steunwijzer";
export const typing = { assistent: "Steunwijzer typt…", medewerker: "De medewerker typt…" };
export const choices = "Kies een antwoord";
export const unsent = "Nog niet verstuurd";

export const input = "Uw bericht";
export const inputHint = "Geen naam, adres of BSN";
export const send = "Verstuur";
export const empty = "Typ eerst uw vraag in het vak.";
export const tooLong = (over: number): string => `Uw bericht is ${over} ${over === 1 ? "teken" : "tekens"} te lang. Maak het korter of verstuur het in twee keer.`;
export const left = (count: number): string => `Nog ${count} tekens`;

export const callUs = "Bel";
export const callAny = "Bellen? Vaak 14 en uw netnummer";
export const human = "Praat met een medewerker";
export const humanAsked = "Ik wil een medewerker spreken";
export const menu = "Opties";
export const save = "Bewaar dit gesprek";
export const print = "Druk dit gesprek af";
export const large = "Grotere letters";
export const done = "Ik ben klaar";
export const restart = "Opnieuw beginnen";
export const erase = "Gesprek wissen";
export const privacy = "Wat bewaren we?";
export const access = "Toegankelijkheid";
export const start = "Begin een gesprek";
export const startExplained = "Steunwijzer is een computer, geen mens. Het gesprek begint pas als u op de knop drukt.";

export const restartAsk = { title: "Opnieuw beginnen?", detail: "U begint een nieuw gesprek. Dit gesprek ziet u dan niet meer.", yes: "Ja, begin opnieuw", no: "Nee, ga terug" };
export const eraseAsk = {
  title: "Gesprek wissen?",
  detail: "Alles wat u typte wordt gewist, hier en bij de gemeente. Ook een terugbelverzoek uit dit gesprek vervalt.",
  yes: "Ja, wis het gesprek",
  no: "Nee, ga terug",
} as const;
export const erased = "Uw gesprek is gewist.";

export const retry = "Probeer opnieuw";
export const newConversation = "Nieuw gesprek";
export const offline = { title: "Er is even geen verbinding", detail: "Er is niets verloren. We proberen het opnieuw zodra u weer internet heeft." };
export const slow = { title: "Het antwoord laat op zich wachten", detail: "Uw bericht is niet verloren. Probeer het opnieuw, of bel uw gemeente." };
export const broken = { title: "Er ging iets mis bij ons", detail: "Probeer het zo opnieuw, of bel uw gemeente." };

export const read = "Lees voor";
export const readStop = "Stop met voorlezen";
export const noVoice = "Uw apparaat heeft geen Nederlandse stem om voor te lezen.";
export const copied = "Gekopieerd";
export const notCopied = "Kopiëren lukt hier niet. Kies bij Opties: Bewaar dit gesprek.";
export const whatIs = (term: string): string => `Wat betekent ${term}?`;
export const record = { title: "Gesprek met Steunwijzer", file: "gesprek-steunwijzer.txt", saved: "Bewaard. Kijk bij uw downloads." };

export const farewell = {
  solved: "Is uw vraag beantwoord?",
  solvedAnswers: ["Ja", "Deels", "Nee"],
  next: "Weet u wat u nu kunt doen?",
  yesNo: ["Ja", "Nee"],
  skip: "Liever niet",
  thanks: "Dank u wel. Daarmee maken we Steunwijzer beter.",
  notSent: "Dank u wel. Uw antwoord is niet aangekomen; dat geeft niet.",
} as const;

export const crisis = "Direct hulp";
export const call = (whom: string): string => `Bel ${whom}`;
export const leave = "Verlaat deze pagina snel";
export const leaveHint = "U gaat naar een andere website en dit gesprek wordt gewist. Uw browser kan nog wel laten zien dat u hier was.";

export const sources = "Waar komt dit vandaan?";
export const checkedOn = (date: string): string => `Gecontroleerd op ${date}`;
export const website = (site: string): string => `Naar ${site}`;
export const newTab = " (nieuw tabblad)";
export const websiteOf = (name: string): string => ` van ${name}`;
export const mail = "Stuur een e-mail";

export const option = { voor_wie: "Voor wie", kosten: "Kosten", aanmelden: "Aanmelden", openingstijden: "Open", adres: "Adres", gebied: "Waar" };

// Lists stand apart: beside one the build cannot drop the names.
export const callbackTimes = ["Maakt niet uit", "In de ochtend", "In de middag"];
export const callbackPassed = ["uw naam en telefoonnummer", "wanneer we u kunnen bellen", "waar het over gaat, en uw gemeente"];
export const callback = {
  title: "Wilt u teruggebeld worden?",
  name: "Uw naam",
  phone: "Uw telefoonnummer",
  phoneHint: "Bijvoorbeeld 06 12345678",
  time: "Wanneer kunnen we u het beste bellen?",
  passed: "Dit geven we door aan een medewerker van uw gemeente:",
  transcript: "Geef ook dit gesprek door. Dan hoeft u niets opnieuw te vertellen.",
  consent: "Ja, geef dit door aan een medewerker.",
  send: "Ja, bel mij terug",
  done: "Uw verzoek is verstuurd.",
  nameMissing: "Vul uw naam in. Een voornaam is genoeg.",
  phoneMissing: "Vul uw telefoonnummer in.",
  phoneWrong: "Dit telefoonnummer klopt niet. Vul tien cijfers in, bijvoorbeeld 06 12345678.",
  consentMissing: "Zet een vinkje als we dit mogen doorgeven. Anders kunnen we u niet bellen.",
} as const;

export const remember = "Onthoud dit gesprek";
export const rememberAsk = {
  title: "Wilt u later verder?",
  detail: "Dan onthouden we dit gesprek op dit apparaat. Sluit u dit tabblad en komt u hier terug, dan leest u het antwoord. Doe dit alleen op een apparaat dat van u is: wie het gebruikt, kan meelezen.",
  yes: "Onthoud dit gesprek",
  no: "Toch niet",
} as const;
export const remembered = "Dit gesprek blijft op dit apparaat, tot u het wist of een nieuw gesprek begint.";
export const rememberFailed = "Onthouden lukt hier niet. Laat dit tabblad open.";
export const closed = "Dit gesprek is afgesloten.";
/** What ends the waiting, by what one waits for. */
export const stop: Partial<Record<Status, string>> = { wachtrij: "Stop met wachten", terugbelverzoek: "Ik wil niet gebeld worden" };
export const toHuman = {
  title: "Praat met een medewerker",
  explained: "Dit krijgt de medewerker. Haal het vinkje weg bij wat u niet wilt doorgeven.",
  messages: (count: number): string => (count === 1 ? "Het bericht uit dit gesprek" : `De ${count} berichten uit dit gesprek`),
  perMessage: "Bekijk de berichten en kies",
  yes: "Ja, geef dit door",
  no: "Nee, geef niets door",
  waiting: "U wacht op een medewerker.",
  callMe: "Bel mij terug",
} as const;
export const contact = {
  title: "Uw gegevens",
  fields: { name: "Uw naam", phone: "Uw telefoonnummer", email: "Uw e-mailadres" },
  only: "Alleen de medewerker ziet dit. Wat u leeg laat, geven wij niet door.",
  send: "Geef door",
  done: "Uw gegevens zijn doorgegeven.",
} as const;

export const agenda = "Zet in mijn agenda";

export const keep = {
  copy: "Kopieer",
  save: "Bewaar als bestand",
  copied: "Gekopieerd. U kunt de tekst nu plakken in een brief of mail.",
  notCopied: "Kopiëren lukt hier niet. Kies: Bewaar als bestand.",
  saved: (name: string): string => `Bewaard als ${name}. Kijk bij uw downloads.`,
} as const;

export const prepare = {
  title: "Voorbereiding op het gesprek",
  private: "Wat u invult, blijft op dit apparaat. Het wordt niet verstuurd en wij zien het niet. Sluit u dit tabblad, dan is het weg.",
  privateAfter: "Dit staat alleen op dit apparaat. Sluit u dit tabblad, dan is het weg. Druk het af of bewaar het.",
  empty: "U heeft nog niets ingevuld. Begin met één vraag; een paar woorden is genoeg.",
  erased: "Alles wat u invulde is gewist.",
  start: "Begin met invullen",
  goOn: "Ga verder met invullen",
  toSummary: "Bekijk wat ik invulde",
  progress: (now: number, all: number): string => `Vraag ${now} van ${all}`,
  example: "Voorbeeld",
  next: "Volgende",
  skip: "Sla over",
  back: "Terug",
  change: "Verander",
  fill: "Vul in",
  skipped: "Nog niets ingevuld.",
  print: "Druk af",
  fileName: "voorbereiding-gesprek.txt",
  erase: "Wis alles",
  eraseSure: "Zeker weten? Wis alles",
} as const;
