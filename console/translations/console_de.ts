<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en_US">
<context>
    <name>QObject</name>
    <message>
        <source>%1, readable by you only (%2)</source>
        <translation>%1, nur für das eigene Konto lesbar (%2)</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 lässt sich nicht schreiben: %2</translation>
    </message>
    <message>
        <source>the desktop&apos;s keychain does not answer</source>
        <translation>der Schlüsselbund des Desktops antwortet nicht</translation>
    </message>
    <message>
        <source>the desktop&apos;s keychain</source>
        <translation>Schlüsselbund des Desktops</translation>
    </message>
</context>
<context>
    <name>about</name>
    <message>
        <source>About facetrack</source>
        <translation>Über facetrack</translation>
    </message>
    <message>
        <source>&lt;p&gt;Qt %1 (LGPL 3), libjpeg-turbo (BSD), OpenCV (Apache 2.0), OpenSSL (Apache 2.0), Boost (BSL 1.0), SQLite (public domain), nlohmann JSON, toml++ and CLI11 (MIT, BSD), QtKeychain (BSD).&lt;/p&gt;&lt;p&gt;Settings: %2&lt;br&gt;Secrets: %3&lt;/p&gt;</source>
        <translation>&lt;p&gt;Qt %1 (LGPL 3), libjpeg-turbo (BSD), OpenCV (Apache 2.0), OpenSSL (Apache 2.0), Boost (BSL 1.0), SQLite (gemeinfrei), nlohmann JSON, toml++ und CLI11 (MIT, BSD), QtKeychain (BSD).&lt;/p&gt;&lt;p&gt;Einstellungen: %2&lt;br&gt;Geheimnisse: %3&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;h3&gt;facetrack %1&lt;/h3&gt;&lt;p&gt;Counts faces at a booth, a shop or a venue. It keeps numbers and places of faces, never pictures of people.&lt;/p&gt;&lt;p&gt;Free software: GNU General Public License, version 3 or later.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;facetrack %1&lt;/h3&gt;&lt;p&gt;Zählt Gesichter an einem Stand, in einem Laden oder am Veranstaltungsort. Es behält Zahlen und Orte von Gesichtern, niemals Bilder von Menschen.&lt;/p&gt;&lt;p&gt;Freie Software: GNU General Public License, Version 3 oder später.&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>agentFindings</name>
    <message>
        <source>Contact</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>connected, it has told nothing yet</source>
        <translation>verbunden, hat noch nichts mitgeteilt</translation>
    </message>
    <message>
        <source>Agent &gt; Pair… with what facetrack-agentd token prints there</source>
        <translation>Agent &gt; Koppeln … mit dem, was facetrack-agentd token dort ausgibt</translation>
    </message>
    <message>
        <source>Agent &gt; Pair… shows it: compare with facetrack-agentd fingerprint there</source>
        <translation>Agent &gt; Koppeln … zeigt es: dort mit facetrack-agentd fingerprint vergleichen</translation>
    </message>
    <message>
        <source>look at its power and its network; Agent &gt; Forget… if it is not to be here</source>
        <translation>Strom und Netz prüfen; Agent &gt; Vergessen …, wenn er nicht hierher gehört</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>wait a moment</source>
        <translation>einen Moment warten</translation>
    </message>
    <message>
        <source>look at the camera and its cable, then Agent &gt; Open the camera anew</source>
        <translation>Kamera und Kabel prüfen, dann Agent &gt; Kamera neu öffnen</translation>
    </message>
    <message>
        <source>%1, %2 fps</source>
        <translation>%1, %2 Bilder/s</translation>
    </message>
    <message>
        <source>%1, %2 of %3 fps</source>
        <translation>%1, %2 von %3 Bildern/s</translation>
    </message>
    <message>
        <source>it has just started: wait a moment</source>
        <translation>er ist gerade erst gestartet: einen Moment warten</translation>
    </message>
    <message>
        <source>more light, or a shorter exposure; another USB port or cable; or less work for this machine</source>
        <translation>mehr Licht oder kürzere Belichtung; anderer USB-Anschluss oder anderes Kabel; oder weniger Arbeit für diesen Rechner</translation>
    </message>
    <message>
        <source>Focus</source>
        <translation>Schärfe</translation>
    </message>
    <message>
        <source>no figure yet</source>
        <translation>noch kein Wert</translation>
    </message>
    <message>
        <source>%1, sharpest seen %2</source>
        <translation>%1, am schärfsten war %2</translation>
    </message>
    <message>
        <source>something stands before the camera, or its lens was turned: look at the picture, and focus anew</source>
        <translation>etwas steht vor der Kamera, oder ihr Objektiv wurde verdreht: das Bild ansehen und neu scharf stellen</translation>
    </message>
    <message>
        <source>Face size</source>
        <translation>Gesichtsgröße</translation>
    </message>
    <message>
        <source>nobody was seen yet</source>
        <translation>noch niemand war zu sehen</translation>
    </message>
    <message>
        <source>let somebody stand where visitors will stand, and look at the camera</source>
        <translation>jemanden dort hinstellen, wo Besucher stehen werden, und in die Kamera schauen lassen</translation>
    </message>
    <message>
        <source>Detection</source>
        <translation>Erkennung</translation>
    </message>
    <message>
        <source>see detect.detector and its model under Tune</source>
        <translation>siehe detect.detector und sein Modell unter „Einstellen“</translation>
    </message>
    <message>
        <source>%1 looks a second, %2 ms each</source>
        <translation>%1 Blicke je Sekunde, je %2 ms</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Uhr</translation>
    </message>
    <message>
        <source>taken as it is: %1</source>
        <translation>gilt, wie sie ist: %1</translation>
    </message>
    <message>
        <source>right: %1</source>
        <translation>richtig: %1</translation>
    </message>
    <message>
        <source>this agent does not tell</source>
        <translation>dieser Agent sagt es nicht</translation>
    </message>
    <message>
        <source>not trusted: %1</source>
        <translation>nicht vertrauenswürdig: %1</translation>
    </message>
    <message>
        <source>give it a time server (NTP) or a network; until then rows wait, or are marked</source>
        <translation>ihm einen Zeitserver (NTP) oder ein Netz geben; bis dahin warten Zeilen oder werden markiert</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>this machine has no sensor for it</source>
        <translation>dieser Rechner hat keinen Fühler dafür</translation>
    </message>
    <message>
        <source>%1 °C</source>
        <translation>%1 °C</translation>
    </message>
    <message>
        <source>%1, but it was slowed down since it started</source>
        <translation>%1, wurde seit dem Start aber gedrosselt</translation>
    </message>
    <message>
        <source>give it air, or a heat sink</source>
        <translation>für Luft oder einen Kühlkörper sorgen</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>Strom</translation>
    </message>
    <message>
        <source>was too weak since it started</source>
        <translation>war seit dem Start schon zu schwach</translation>
    </message>
    <message>
        <source>use the supply that is made for it, and a short cable</source>
        <translation>das passende Netzteil und ein kurzes Kabel nehmen</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>counts cannot be kept: %1</source>
        <translation>Zählungen lassen sich nicht aufbewahren: %1</translation>
    </message>
    <message>
        <source>make room, or look at the medium; what is counted now is lost at its end</source>
        <translation>Platz schaffen oder das Speichermedium prüfen; was jetzt gezählt wird, geht am Ende verloren</translation>
    </message>
    <message>
        <source>%1 free</source>
        <translation>%1 frei</translation>
    </message>
    <message>
        <source>Wi-Fi</source>
        <translation>WLAN</translation>
    </message>
    <message>
        <source>%1 dBm</source>
        <translation>%1 dBm</translation>
    </message>
    <message>
        <source>Backlog</source>
        <translation>Rückstand</translation>
    </message>
    <message>
        <source>its counts stay on the agent: it uploads nowhere</source>
        <translation>seine Zählungen bleiben auf dem Agenten: Er lädt nirgendwohin hoch</translation>
    </message>
    <message>
        <source>set upload.urls in its settings file, see docs/database.md</source>
        <translation>upload.urls in seiner Einstellungsdatei setzen, siehe docs/database.md</translation>
    </message>
    <message>
        <source>counts are kept on the agent</source>
        <translation>Zählungen werden auf dem Agenten aufbewahrt</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) wait</source>
        <translation>
            <numerusform>%n Zeile wartet</numerusform>
            <numerusform>%n Zeilen warten</numerusform>
        </translation>
    </message>
    <message>
        <source>refused, %1: %2</source>
        <translation>abgelehnt, %1: %2</translation>
    </message>
    <message>
        <source>see docs/database.md; nothing is lost meanwhile</source>
        <translation>siehe docs/database.md; inzwischen geht nichts verloren</translation>
    </message>
    <message>
        <source>it tries again by itself; look at the database and the network between</source>
        <translation>er versucht es von selbst wieder; die Datenbank und das Netz dazwischen prüfen</translation>
    </message>
    <message>
        <source>%1, the oldest for %2 s</source>
        <translation>%1, am längsten seit %2 s</translation>
    </message>
    <message>
        <source>wait until it has caught up</source>
        <translation>warten, bis er aufgeholt hat</translation>
    </message>
    <message>
        <source>%1 rows were refused by the database</source>
        <translation>%1 Zeilen hat die Datenbank abgelehnt</translation>
    </message>
    <message>
        <source>they are in the agent&apos;s quarantine, with the database&apos;s words in /api/v1/status</source>
        <translation>sie sind in der Quarantäne des Agenten, die Worte der Datenbank stehen in /api/v1/status</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>pinned: %1…</source>
        <translation>festgehalten: %1…</translation>
    </message>
    <message>
        <source>plain HTTP, which does not leave this machine</source>
        <translation>unverschlüsseltes HTTP, das diesen Rechner nicht verlässt</translation>
    </message>
    <message>
        <source>plain HTTP: others on the network can read the token</source>
        <translation>unverschlüsseltes HTTP: Andere im Netz können das Token mitlesen</translation>
    </message>
    <message>
        <source>start it with TLS, as it does by itself: docs/security.md</source>
        <translation>mit TLS starten, wie er es von selbst tut: docs/security.md</translation>
    </message>
    <message>
        <source>Watchdog</source>
        <translation>Wächter</translation>
    </message>
    <message>
        <source>update it</source>
        <translation>ihn aktualisieren</translation>
    </message>
    <message>
        <source>systemd starts it anew when it hangs for %1 s</source>
        <translation>systemd startet ihn neu, wenn er %1 s lang hängt</translation>
    </message>
    <message>
        <source>systemd starts it anew when it ends, but not when it hangs</source>
        <translation>systemd startet ihn neu, wenn er endet, aber nicht, wenn er hängt</translation>
    </message>
    <message>
        <source>add WatchdogSec=30 to its unit</source>
        <translation>WatchdogSec=30 in seine Unit eintragen</translation>
    </message>
    <message>
        <source>nobody starts it anew when it hangs or ends</source>
        <translation>niemand startet ihn neu, wenn er hängt oder endet</translation>
    </message>
    <message>
        <source>run it as a service: packaging/systemd, docs/health.md</source>
        <translation>als Dienst betreiben: packaging/systemd, docs/health.md</translation>
    </message>
</context>
<context>
    <name>charts</name>
    <message>
        <source>%1: no data</source>
        <translation>%1: keine Daten</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
    <message>
        <source>%1 could not be written: %2</source>
        <translation>%1 ließ sich nicht schreiben: %2</translation>
    </message>
    <message>
        <source>%1: a chart is saved as .png, .svg, .pdf or .csv</source>
        <translation>%1: ein Diagramm wird als .png, .svg, .pdf oder .csv gespeichert</translation>
    </message>
    <message>
        <source>Busiest hours: %1</source>
        <translation>Die vollsten Stunden: %1</translation>
    </message>
    <message>
        <source>hour</source>
        <translation>Stunde</translation>
    </message>
    <message>
        <source>Day against day: %1</source>
        <translation>Tag gegen Tag: %1</translation>
    </message>
    <message>
        <source>Share by agent: %1</source>
        <translation>Anteil jedes Agenten: %1</translation>
    </message>
    <message>
        <source>agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>How long visits lasted</source>
        <translation>Wie lange Besuche dauerten</translation>
    </message>
    <message>
        <source>%1 visits that have ended; half of them lasted %2 s at most, the mean is %3 s.</source>
        <translation>%1 beendete Besuche; die Hälfte dauerte höchstens %2 s, im Mittel sind es %3 s.</translation>
    </message>
    <message>
        <source>lasted</source>
        <translation>dauerte</translation>
    </message>
    <message>
        <source>from %1 min</source>
        <translation>ab %1 min</translation>
    </message>
    <message>
        <source>from %1 s</source>
        <translation>ab %1 s</translation>
    </message>
    <message>
        <source>%1–%2 min</source>
        <translation>%1–%2 min</translation>
    </message>
    <message>
        <source>%1–%2 s</source>
        <translation>%1–%2 s</translation>
    </message>
    <message>
        <source>Coverage: how much of the opening hours is known</source>
        <translation>Abdeckung: wie viel der Öffnungszeit bekannt ist</translation>
    </message>
    <message>
        <source>Percent of the seconds in which at least one picture was looked at. What is not known is in no other chart.</source>
        <translation>Prozent der Sekunden, in denen mindestens ein Bild angesehen wurde. Was nicht bekannt ist, steht in keinem anderen Diagramm.</translation>
    </message>
    <message>
        <source>percent</source>
        <translation>Prozent</translation>
    </message>
    <message>
        <source>day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Where faces were: %1</source>
        <translation>Wo Gesichter waren: %1</translation>
    </message>
    <message>
        <source>Face detections by the middle of the face, in quarters of an hour that the opening hours touch.</source>
        <translation>Erkannte Gesichter nach der Mitte des Gesichts, in Viertelstunden, die die Öffnungszeit berühren.</translation>
    </message>
    <message>
        <source>face detections</source>
        <translation>erkannte Gesichter</translation>
    </message>
    <message>
        <source>%1 started with %2</source>
        <translation>%1 begann mit %2</translation>
    </message>
    <message>
        <source>%1: no data for %2 min</source>
        <translation>%1: %2 min lang keine Daten</translation>
    </message>
    <message>
        <source>each minute</source>
        <translation>je Minute</translation>
    </message>
    <message>
        <source>each hour</source>
        <translation>je Stunde</translation>
    </message>
    <message>
        <source>each %1 minutes</source>
        <translation>je %1 Minuten</translation>
    </message>
    <message>
        <source>%1 by agent, %2</source>
        <translation>%1 nach Agent, %2</translation>
    </message>
    <message>
        <source>1 to %1 %2</source>
        <translation>1 bis %1 %2</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>Besuche</translation>
    </message>
    <message>
        <source>Mean faces visible</source>
        <translation>Sichtbare Gesichter im Mittel</translation>
    </message>
    <message>
        <source>Face detections</source>
        <translation>Erkannte Gesichter</translation>
    </message>
    <message>
        <source>Visits: people who came into view and were followed until they left. Nobody is recognised: who comes back later, or is seen by two cameras, is counted again.</source>
        <translation>Besuche: Menschen, die ins Bild kamen und verfolgt wurden, bis sie gingen. Niemand wird wiedererkannt: Wer später zurückkommt oder von zwei Kameras gesehen wird, zählt noch einmal.</translation>
    </message>
    <message>
        <source>Mean faces visible: how many faces a camera sees at a time, averaged over each minute, and over minutes with data. It does not depend on the pictures per second.</source>
        <translation>Sichtbare Gesichter im Mittel: wie viele Gesichter eine Kamera auf einmal sieht, gemittelt über jede Minute und über die Minuten mit Daten. Es hängt nicht von den Bildern je Sekunde ab.</translation>
    </message>
    <message>
        <source>Face detections: every face in every picture looked at, added up. One person who stays for a minute is counted hundreds of times; the number grows with the pictures per second.</source>
        <translation>Erkannte Gesichter: jedes Gesicht in jedem angesehenen Bild, zusammengezählt. Wer eine Minute bleibt, zählt Hunderte Male; die Zahl wächst mit den Bildern je Sekunde.</translation>
    </message>
    <message>
        <source>Faces visible now, the last 15 minutes</source>
        <translation>Jetzt sichtbare Gesichter, die letzten 15 Minuten</translation>
    </message>
    <message>
        <source>Visits in a minute, the last 15 minutes</source>
        <translation>Besuche in einer Minute, die letzten 15 Minuten</translation>
    </message>
    <message>
        <source>Face detections in a minute, the last 15 minutes</source>
        <translation>Erkannte Gesichter in einer Minute, die letzten 15 Minuten</translation>
    </message>
    <message>
        <source>Busiest hour</source>
        <translation>Vollste Stunde</translation>
    </message>
    <message>
        <source>%1 from %2:00, %3 visits</source>
        <translation>%1 ab %2:00, %3 Besuche</translation>
    </message>
    <message>
        <source>Half of the visits lasted at most</source>
        <translation>Die Hälfte der Besuche dauerte höchstens</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>Abdeckung</translation>
    </message>
    <message>
        <source>&lt;b&gt;This event was made up.&lt;/b&gt;</source>
        <translation>&lt;b&gt;Diese Veranstaltung ist erfunden.&lt;/b&gt;</translation>
    </message>
</context>
<context>
    <name>copying</name>
    <message>
        <source>Save picture</source>
        <translation>Bild speichern</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG-Bilder (*.png)</translation>
    </message>
    <message>
        <source>%1 cannot be written.</source>
        <translation>%1 kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>Copy line</source>
        <translation>Zeile kopieren</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>Bild speichern …</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>Bild kopieren</translation>
    </message>
</context>
<context>
    <name>facetrack::console::AgentListModel</name>
    <message numerus="yes">
        <source>%n row(s) wait</source>
        <translation>
            <numerusform>%n Zeile wartet</numerusform>
            <numerusform>%n Zeilen warten</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 fps</source>
        <translation>%1 Bilder/s</translation>
    </message>
    <message>
        <source>%1 now</source>
        <translation>%1 gerade</translation>
    </message>
    <message>
        <source>%1 °C</source>
        <translation>%1 °C</translation>
    </message>
    <message>
        <source>%1
%2 (since %3)</source>
        <translation>%1
%2 (seit %3)</translation>
    </message>
</context>
<context>
    <name>facetrack::console::AgentSession</name>
    <message>
        <source>connecting …</source>
        <translation>verbindet …</translation>
    </message>
    <message>
        <source>online</source>
        <translation>online</translation>
    </message>
    <message>
        <source>lost %1, retrying</source>
        <translation>weg seit %1, wird weiter versucht</translation>
    </message>
    <message>
        <source>no answer since %1, retrying</source>
        <translation>keine Antwort seit %1, wird weiter versucht</translation>
    </message>
    <message>
        <source>needs its token</source>
        <translation>braucht sein Token</translation>
    </message>
    <message>
        <source>shows another certificate</source>
        <translation>zeigt ein anderes Zertifikat</translation>
    </message>
</context>
<context>
    <name>facetrack::console::AgentsPanel</name>
    <message>
        <source>Agents</source>
        <translation>Agenten</translation>
    </message>
    <message>
        <source>Add by address…</source>
        <translation>Per Adresse hinzufügen …</translation>
    </message>
    <message>
        <source>Add agent by address…</source>
        <translation>Agenten per Adresse hinzufügen …</translation>
    </message>
    <message>
        <source>Pair…</source>
        <translation>Koppeln …</translation>
    </message>
    <message>
        <source>Identify</source>
        <translation>Kenntlich machen</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen …</translation>
    </message>
    <message>
        <source>Try again now</source>
        <translation>Jetzt erneut versuchen</translation>
    </message>
    <message>
        <source>Open the camera anew</source>
        <translation>Kamera neu öffnen</translation>
    </message>
    <message>
        <source>Forget…</source>
        <translation>Vergessen …</translation>
    </message>
    <message>
        <source>Add an agent</source>
        <translation>Agenten hinzufügen</translation>
    </message>
    <message>
        <source>Its address, such as 192.168.1.7 or cam-1:7420</source>
        <translation>Seine Adresse, etwa 192.168.1.7 oder cam-1:7420</translation>
    </message>
    <message numerus="yes">
        <source>Its picture shows the name for %n second(s).</source>
        <translation>
            <numerusform>Sein Bild zeigt %n Sekunde lang den Namen.</numerusform>
            <numerusform>Sein Bild zeigt %n Sekunden lang den Namen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Its picture and its light %1 blink.</source>
        <translation>Sein Bild und sein Licht %1 blinken.</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Name of this agent</source>
        <translation>Name dieses Agenten</translation>
    </message>
    <message>
        <source>Forget %1</source>
        <translation>%1 vergessen</translation>
    </message>
    <message>
        <source>Forget %1? Its token and its certificate are lost here; to see it again you have to pair with it anew.</source>
        <translation>%1 vergessen? Sein Token und sein Zertifikat gehen hier verloren; um ihn wieder zu sehen, ist er neu zu koppeln.</translation>
    </message>
    <message>
        <source>Copy figures</source>
        <translation>Zahlen kopieren</translation>
    </message>
</context>
<context>
    <name>facetrack::console::CalibratePage</name>
    <message>
        <source>&lt;h2&gt;No agent is chosen&lt;/h2&gt;&lt;p&gt;Click one in the list at the left: its picture is shown here, to aim and to focus its camera.&lt;/p&gt;</source>
        <translation>&lt;h2&gt;Kein Agent gewählt&lt;/h2&gt;&lt;p&gt;Einen in der Liste links anklicken: Hier erscheint sein Bild, um die Kamera auszurichten und scharf zu stellen.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Focus</source>
        <translation>Schärfe</translation>
    </message>
    <message>
        <source>Face size</source>
        <translation>Gesichtsgröße</translation>
    </message>
    <message>
        <source>Zones, lines, masks</source>
        <translation>Zonen, Linien, Masken</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>Raster</translation>
    </message>
    <message>
        <source>Thirds of the picture</source>
        <translation>Drittel des Bildes</translation>
    </message>
    <message>
        <source>Horizon</source>
        <translation>Horizont</translation>
    </message>
    <message>
        <source>A level line at half height</source>
        <translation>Eine waagerechte Linie auf halber Höhe</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>New %1</source>
        <translation>Neue %1</translation>
    </message>
    <message>
        <source>The agent is not there now: nothing was changed.</source>
        <translation>Der Agent ist gerade nicht da: Nichts wurde geändert.</translation>
    </message>
</context>
<context>
    <name>facetrack::console::CameraPanel</name>
    <message>
        <source>This agent&apos;s source has no settings of exposure or of the camera.</source>
        <translation>Die Quelle dieses Agenten hat keine Einstellungen für Belichtung oder Kamera.</translation>
    </message>
</context>
<context>
    <name>facetrack::console::ChartView</name>
    <message>
        <source>Save this chart…</source>
        <translation>Dieses Diagramm speichern …</translation>
    </message>
    <message>
        <source>Copy the picture</source>
        <translation>Das Bild kopieren</translation>
    </message>
    <message>
        <source>Show all of it</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Save chart</source>
        <translation>Diagramm speichern</translation>
    </message>
    <message>
        <source>Picture (*.png);;Drawing (*.svg);;PDF (*.pdf);;Table (*.csv)</source>
        <translation>Bild (*.png);;Zeichnung (*.svg);;PDF (*.pdf);;Tabelle (*.csv)</translation>
    </message>
</context>
<context>
    <name>facetrack::console::ChartsPage</name>
    <message>
        <source>Ask again</source>
        <translation>Neu fragen</translation>
    </message>
    <message>
        <source>&amp;Save all…</source>
        <translation>Alles &amp;speichern …</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Veranstaltung</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>Was gezeigt wird</translation>
    </message>
    <message>
        <source>Who is asked</source>
        <translation>Wer gefragt wird</translation>
    </message>
    <message>
        <source>Ask for the charts again</source>
        <translation>Die Diagramme neu fragen</translation>
    </message>
    <message>
        <source>Save all charts…</source>
        <translation>Alle Diagramme speichern …</translation>
    </message>
    <message>
        <source>Live charts</source>
        <translation>Live-Diagramme</translation>
    </message>
    <message>
        <source>Charts of an event</source>
        <translation>Diagramme einer Veranstaltung</translation>
    </message>
    <message>
        <source>Database of %1</source>
        <translation>Datenbank von %1</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>Agenten</translation>
    </message>
    <message>
        <source>A database can be set up under Connections.</source>
        <translation>Eine Datenbank wird unter Verbindungen eingerichtet.</translation>
    </message>
    <message>
        <source>As the agents say each second; what was before this console ran is from %1.</source>
        <translation>Was die Agenten jede Sekunde sagen; was vor dem Start dieser Konsole war, kommt von: %1.</translation>
    </message>
    <message>
        <source>From %1.</source>
        <translation>Quelle: %1.</translation>
    </message>
    <message>
        <source>As the agents say each second. What was before is not known: %1</source>
        <translation>Was die Agenten jede Sekunde sagen. Was vorher war, ist nicht bekannt: %1</translation>
    </message>
    <message>
        <source>No agent is known yet. Add one by its address at the left, or wait until one is found.</source>
        <translation>Noch ist kein Agent bekannt. Links lässt sich einer mit seiner Adresse hinzufügen, oder warten, bis einer gefunden wird.</translation>
    </message>
    <message>
        <source>Save all charts into a folder</source>
        <translation>Alle Diagramme in einen Ordner speichern</translation>
    </message>
    <message>
        <source>Saved into %1.</source>
        <translation>Gespeichert in %1.</translation>
    </message>
</context>
<context>
    <name>facetrack::console::ClipTrial</name>
    <message>
        <source>The agent was forgotten.</source>
        <translation>Der Agent wurde vergessen.</translation>
    </message>
    <message>
        <source>%1 frames of the last %2 s are frozen in the agent&apos;s memory.</source>
        <translation>%1 Bilder der letzten %2 s sind im Speicher des Agenten eingefroren.</translation>
    </message>
</context>
<context>
    <name>facetrack::console::CommandSearch</name>
    <message>
        <source>Type a command, a page or an agent</source>
        <translation>Befehl, Seite oder Agent eingeben</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Commands that fit</source>
        <translation>Passende Befehle</translation>
    </message>
</context>
<context>
    <name>facetrack::console::ConnectionsPage</name>
    <message>
        <source>Changed since this test.</source>
        <translation>Seit diesem Test geändert.</translation>
    </message>
    <message>
        <source>Venues</source>
        <translation>Orte</translation>
    </message>
    <message>
        <source>New venue</source>
        <translation>Neuer Ort</translation>
    </message>
    <message>
        <source>Use this venue</source>
        <translation>Diesen Ort verwenden</translation>
    </message>
    <message>
        <source>Delete venue…</source>
        <translation>Ort löschen …</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>%1 (in use)</source>
        <translation>%1 (in Gebrauch)</translation>
    </message>
    <message>
        <source>No venue yet. New venue makes one: where its database is, and who logs in.</source>
        <translation>Noch kein Ort. „Neuer Ort“ legt einen an: wo seine Datenbank ist und wer sich anmeldet.</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>%1 löschen</translation>
    </message>
    <message>
        <source>Delete %1? Its addresses and its password are lost here; the database keeps everything.</source>
        <translation>%1 löschen? Seine Adressen und sein Passwort gehen hier verloren; die Datenbank behält alles.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Given up.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>Nothing to test: give the address of a database or of a relay.</source>
        <translation>Nichts zu testen: die Adresse einer Datenbank oder eines Relays angeben.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Testing…</source>
        <translation>Test läuft …</translation>
    </message>
</context>
<context>
    <name>facetrack::console::CopyDialog</name>
    <message>
        <source>Copy the tuning of %1</source>
        <translation>Einstellungen von %1 kopieren</translation>
    </message>
    <message>
        <source>Agents to copy to</source>
        <translation>Agenten, auf die kopiert wird</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>What it took</source>
        <translation>Was übernommen wurde</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Each agent can take it back with its own Undo.</source>
        <translation>Jeder Agent kann es mit seinem eigenen Rückgängig zurücknehmen.</translation>
    </message>
    <message>
        <source>There is no other agent.</source>
        <translation>Es gibt keinen anderen Agenten.</translation>
    </message>
    <message>
        <source>sending …</source>
        <translation>wird gesendet …</translation>
    </message>
    <message>
        <source>%1 copied, %2 the same already, %3 refused</source>
        <translation>%1 kopiert, %2 schon gleich, %3 abgelehnt</translation>
    </message>
</context>
<context>
    <name>facetrack::console::CountPage</name>
    <message>
        <source>&lt;h2&gt;No agent is chosen&lt;/h2&gt;&lt;p&gt;Click one in the list at the left: its visitors are counted here by hand.&lt;/p&gt;</source>
        <translation>&lt;h2&gt;Kein Agent ist gewählt&lt;/h2&gt;&lt;p&gt;Links in der Liste einen anklicken: Hier werden seine Besucher von Hand gezählt.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>%1 did not take the count, which is kept here: %2</source>
        <translation>%1 hat die Zählung nicht angenommen, sie bleibt hier aufbewahrt: %2</translation>
    </message>
    <message>
        <source>Count everybody whose face comes into view, on the picture or at the booth: not those who are there already, and who comes back after some seconds once more. The agent&apos;s own boxes are not shown, so that they do not tell you whom to count.</source>
        <translation>Alle zählen, deren Gesicht in Sicht kommt, im Bild oder am Stand: nicht, wer schon da ist, und wer nach einigen Sekunden wiederkommt, noch einmal. Die Rahmen des Agenten sind ausgeblendet, damit sie nicht vorsagen, wer zu zählen ist.</translation>
    </message>
    <message>
        <source> min</source>
        <translation> min</translation>
    </message>
    <message>
        <source>How many minutes to count</source>
        <translation>Wie viele Minuten gezählt wird</translation>
    </message>
    <message>
        <source>One more (space bar)</source>
        <translation>Eine Person mehr (Leertaste)</translation>
    </message>
    <message>
        <source>Take one back (Backspace)</source>
        <translation>Eine zurücknehmen (Rücktaste)</translation>
    </message>
    <message>
        <source>A note, such as who counted and where</source>
        <translation>Eine Notiz, etwa wer wo gezählt hat</translation>
    </message>
    <message>
        <source>Note to the count</source>
        <translation>Notiz zur Zählung</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>Jetzt senden</translation>
    </message>
    <message>
        <source>Forget…</source>
        <translation>Vergessen …</translation>
    </message>
    <message>
        <source>Forget counts</source>
        <translation>Zählungen vergessen</translation>
    </message>
    <message numerus="yes">
        <source>%n count(s) that no agent has yet are lost for good. Forget?</source>
        <translation>
            <numerusform>%n Zählung, die noch kein Agent hat, geht endgültig verloren. Vergessen?</numerusform>
            <numerusform>%n Zählungen, die noch kein Agent hat, gehen endgültig verloren. Vergessen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Start or end counting by hand</source>
        <translation>Zählen von Hand beginnen oder beenden</translation>
    </message>
    <message>
        <source>Ended before a second was over: nothing was kept.</source>
        <translation>Beendet, bevor eine Sekunde um war: Nichts wurde aufbewahrt.</translation>
    </message>
    <message>
        <source>%1 is away: its count of %2 is kept and sent when it is back.</source>
        <translation>%1 ist nicht erreichbar: Die Zählung von %2 bleibt hier und wird gesendet, sobald er wieder da ist.</translation>
    </message>
    <message>
        <source>No agent is chosen</source>
        <translation>Kein Agent ist gewählt</translation>
    </message>
    <message>
        <source>End now</source>
        <translation>Jetzt beenden</translation>
    </message>
    <message>
        <source>Start counting</source>
        <translation>Zählen beginnen</translation>
    </message>
    <message>
        <source>Counted: %1</source>
        <translation>Gezählt: %1</translation>
    </message>
    <message>
        <source>%1 left · the agent is away, go on</source>
        <translation>noch %1 · der Agent ist nicht erreichbar, weiterzählen</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message numerus="yes">
        <source>%n count(s) wait here for %1.</source>
        <translation>
            <numerusform>Eine Zählung (%n) wartet hier auf %1.</numerusform>
            <numerusform>%n Zählungen warten hier auf %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 has the count of %2 now.</source>
        <translation>%1 hat die Zählung von %2 jetzt.</translation>
    </message>
    <message>
        <source>Only numbers are compared: one missed and one counted twice cancel each other. The agent adds visitors when they leave, so these figures may still change.</source>
        <translation>Nur Zahlen werden verglichen: Einmal übersehen und einmal doppelt gezählt hebt sich auf. Der Agent zählt Besucher, wenn sie gehen; die Zahlen können sich also noch ändern.</translation>
    </message>
    <message numerus="yes">
        <source>The agent was out of reach for %n s of that time.</source>
        <translation>
            <numerusform>Der Agent war davon %n s nicht erreichbar.</numerusform>
            <numerusform>Der Agent war davon %n s nicht erreichbar.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>facetrack::console::DatabaseCheck</name>
    <message>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>Tabellen</translation>
    </message>
    <message>
        <source>not looked at: no server lets us in</source>
        <translation>nicht angesehen: Kein Server lässt uns ein</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>choose the CA file anew: a PEM file that you may read</source>
        <translation>die CA-Datei neu wählen: eine lesbare PEM-Datei</translation>
    </message>
    <message>
        <source>give http://HOST:4200 or https://HOST:4200; user and password have lines of their own</source>
        <translation>http://HOST:4200 oder https://HOST:4200 angeben; Benutzer und Passwort haben eigene Zeilen</translation>
    </message>
    <message>
        <source>Reachable</source>
        <translation>Erreichbar</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Anmeldung</translation>
    </message>
    <message>
        <source>check host and port (CrateDB listens at 4200), whether it runs, and the network between</source>
        <translation>Host und Port prüfen (CrateDB lauscht auf 4200), ob sie läuft, und das Netz dazwischen</translation>
    </message>
    <message>
        <source>it answers</source>
        <translation>antwortet</translation>
    </message>
    <message>
        <source>lets in without a user</source>
        <translation>lässt ohne Benutzer ein</translation>
    </message>
    <message>
        <source>lets %1 in</source>
        <translation>lässt %1 ein</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>Verschlüsselung</translation>
    </message>
    <message>
        <source>give user and password: it lets nobody in without</source>
        <translation>Benutzer und Passwort angeben: ohne lässt sie niemanden ein</translation>
    </message>
    <message>
        <source>check user and password of this profile</source>
        <translation>Benutzer und Passwort dieses Profils prüfen</translation>
    </message>
    <message>
        <source>wait, and look at the database&apos;s own log if it lasts</source>
        <translation>warten und, wenn es anhält, ins Protokoll der Datenbank sehen</translation>
    </message>
    <message>
        <source>TLS, and its certificate is the pinned one</source>
        <translation>TLS, und ihr Zertifikat ist das festgehaltene</translation>
    </message>
    <message>
        <source>TLS, trusted by the CA file</source>
        <translation>TLS, durch die CA-Datei bestätigt</translation>
    </message>
    <message>
        <source>TLS, trusted by the system&apos;s certificates</source>
        <translation>TLS, durch die Zertifikate des Systems bestätigt</translation>
    </message>
    <message>
        <source>none, but it does not leave this machine</source>
        <translation>keine, aber nichts verlässt diesen Rechner</translation>
    </message>
    <message>
        <source>none: others on the network can read along</source>
        <translation>keine: Andere im Netz können mitlesen</translation>
    </message>
    <message>
        <source>none: others on the network can read the password</source>
        <translation>keine: Andere im Netz können das Passwort lesen</translation>
    </message>
    <message>
        <source>set up TLS in CrateDB and use https://, with its CA file or fingerprint here</source>
        <translation>TLS in CrateDB einrichten und https:// verwenden, mit CA-Datei oder Fingerabdruck hier</translation>
    </message>
    <message>
        <source>make them: facetrack-agentd database --url %1 --apply</source>
        <translation>sie anlegen: facetrack-agentd database --url %1 --apply</translation>
    </message>
    <message>
        <source>; a user without rights on the schema sees none either: %1</source>
        <translation>; auch ein Benutzer ohne Rechte am Schema sieht keine: %1</translation>
    </message>
    <message>
        <source>none of facetrack&apos;s in the schema %1</source>
        <translation>keine von facetrack im Schema %1</translation>
    </message>
    <message>
        <source>missing in the schema %1: %2</source>
        <translation>im Schema %1 fehlt: %2</translation>
    </message>
    <message>
        <source>all there, version %1</source>
        <translation>alle da, Version %1</translation>
    </message>
    <message>
        <source>version %1, and this console knows %2</source>
        <translation>Version %1, und diese Konsole kennt %2</translation>
    </message>
    <message>
        <source>use a newer facetrack-console</source>
        <translation>eine neuere facetrack-console verwenden</translation>
    </message>
    <message>
        <source>version %1, and %2 is needed</source>
        <translation>Version %1, gebraucht wird %2</translation>
    </message>
    <message>
        <source>bring them up to date: facetrack-agentd database --url %1 --apply</source>
        <translation>sie auf den neuen Stand bringen: facetrack-agentd database --url %1 --apply</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>a row of tuning_changes was taken</source>
        <translation>eine Zeile für tuning_changes wurde angenommen</translation>
    </message>
    <message>
        <source>it was read back</source>
        <translation>sie wurde zurückgelesen</translation>
    </message>
    <message>
        <source>it did not come back</source>
        <translation>sie kam nicht zurück</translation>
    </message>
    <message>
        <source>look at the health of the cluster in CrateDB&apos;s own console</source>
        <translation>den Zustand des Clusters in CrateDBs eigener Konsole ansehen</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Lesen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>it is gone again</source>
        <translation>sie ist wieder weg</translation>
    </message>
    <message>
        <source>a row of the agent %1 stays in tuning_changes; the next test takes it away</source>
        <translation>eine Zeile des Agenten %1 bleibt in tuning_changes; der nächste Test entfernt sie</translation>
    </message>
</context>
<context>
    <name>facetrack::console::DemoAgents</name>
    <message>
        <source>facetrack-agentd is not installed here, so there is no demo</source>
        <translation>facetrack-agentd ist hier nicht installiert, daher gibt es keine Demo</translation>
    </message>
</context>
<context>
    <name>facetrack::console::EventForm</name>
    <message>
        <source>First day</source>
        <translation>Erster Tag</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Letzter Tag</translation>
    </message>
    <message>
        <source>These days</source>
        <translation>Diese Tage</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>Die letzten 7 Tage</translation>
    </message>
    <message>
        <source>Opening hours, such as 09:00-18:00; 00:00-24:00 is the whole day</source>
        <translation>Öffnungszeit, etwa 09:00-18:00; 00:00-24:00 ist der ganze Tag</translation>
    </message>
    <message>
        <source>Opening hours</source>
        <translation>Öffnungszeit</translation>
    </message>
    <message>
        <source>Time zone of the place, whose clocks the charts show</source>
        <translation>Zeitzone des Ortes, dessen Uhren die Diagramme zeigen</translation>
    </message>
    <message>
        <source>Time zone of the place</source>
        <translation>Zeitzone des Ortes</translation>
    </message>
    <message>
        <source>Opening hours are written like 09:00-18:00; 00:00-24:00 is the whole day.</source>
        <translation>Öffnungszeiten schreibt man so: 09:00-18:00; 00:00-24:00 ist der ganze Tag.</translation>
    </message>
    <message>
        <source>There is no time zone &quot;%1&quot;; they are written like Europe/Berlin.</source>
        <translation>Eine Zeitzone „%1“ gibt es nicht; man schreibt sie so: Europe/Berlin.</translation>
    </message>
    <message>
        <source>At most %1 days at a time, the first one first.</source>
        <translation>Höchstens %1 Tage auf einmal, der erste zuerst.</translation>
    </message>
    <message>
        <source>At least one day.</source>
        <translation>Mindestens ein Tag.</translation>
    </message>
    <message>
        <source>Whether this day belongs to the event</source>
        <translation>Ob dieser Tag zur Veranstaltung gehört</translation>
    </message>
</context>
<context>
    <name>facetrack::console::FaceSizes</name>
    <message>
        <source>No face is seen now; the detector&apos;s minimum is %1 px.</source>
        <translation>Gerade ist kein Gesicht zu sehen; das Minimum des Detektors ist %1 px.</translation>
    </message>
    <message>
        <source>Faces are %1 px wide; the detector&apos;s minimum is %2.</source>
        <translation>Gesichter sind %1 px breit; das Minimum des Detektors ist %2.</translation>
    </message>
    <message>
        <source>Faces are %1 px wide, the smallest %2; the detector&apos;s minimum is %3.</source>
        <translation>Gesichter sind %1 px breit, das kleinste %2; das Minimum des Detektors ist %3.</translation>
    </message>
    <message>
        <source>Stand where visitors will stand, and look at the camera.</source>
        <translation>Dort hinstellen, wo Besucher stehen werden, und in die Kamera schauen.</translation>
    </message>
    <message>
        <source>The smallest are at the minimum, so those a little farther away are missed: move the camera closer, zoom in, or set Smallest face lower.</source>
        <translation>Die kleinsten liegen am Minimum, etwas weiter entfernte werden also übersehen: Kamera näher heranrücken, hineinzoomen oder „Smallest face“ niedriger stellen.</translation>
    </message>
    <message>
        <source>The smallest are at what this detector can see at all: move the camera closer, zoom in, or let the source give a larger picture than %1 px.</source>
        <translation>Die kleinsten liegen an der Grenze dessen, was dieser Detektor überhaupt sieht: Kamera näher heranrücken, hineinzoomen oder die Quelle ein größeres Bild als %1 px liefern lassen.</translation>
    </message>
    <message>
        <source>There is much room: Smallest face may go up to %1 px, which is less work.</source>
        <translation>Es ist viel Spielraum: „Smallest face“ darf bis %1 px steigen, das spart Arbeit.</translation>
    </message>
    <message>
        <source>That fits.</source>
        <translation>Das passt.</translation>
    </message>
</context>
<context>
    <name>facetrack::console::FacesPanel</name>
    <message>
        <source>Show faces</source>
        <translation>Gesichter zeigen</translation>
    </message>
    <message>
        <source>Lets you, and others who may change this agent, see faces for 15 minutes at most; all others go on with coarse ones</source>
        <translation>Wer diesen Agenten ändern darf, sieht höchstens 15 Minuten lang Gesichter; alle anderen sehen sie weiterhin vergröbert</translation>
    </message>
    <message>
        <source>Not known yet.</source>
        <translation>Noch nicht bekannt.</translation>
    </message>
    <message>
        <source>Hide faces</source>
        <translation>Gesichter verbergen</translation>
    </message>
    <message>
        <source>Faces can be seen for %1:%2 more, by those who may change this agent.</source>
        <translation>Gesichter sind noch %1:%2 zu sehen, für alle, die diesen Agenten ändern dürfen.</translation>
    </message>
    <message>
        <source>Faces are coarse, as everybody sees them.</source>
        <translation>Gesichter sind vergröbert, so wie alle sie sehen.</translation>
    </message>
</context>
<context>
    <name>facetrack::console::FiguresSlide</name>
    <message>
        <source>visits: people who came into view and were followed until they left</source>
        <translation>Besuche: Menschen, die in Sicht kamen und verfolgt wurden, bis sie gingen</translation>
    </message>
    <message>
        <source>faces that a camera sees at a time, on average</source>
        <translation>Gesichter, die eine Kamera im Mittel gleichzeitig sieht</translation>
    </message>
    <message>
        <source>nothing was counted yet today</source>
        <translation>heute wurde noch nichts gezählt</translation>
    </message>
    <message>
        <source>most between %1 and %2: %3 visits</source>
        <translation>am meisten zwischen %1 und %2 Uhr: %3 Besuche</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
</context>
<context>
    <name>facetrack::console::FindingList</name>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>How it is</source>
        <translation>Wie es ist</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Was zu tun ist</translation>
    </message>
    <message>
        <source>What was looked at</source>
        <translation>Was angesehen wurde</translation>
    </message>
</context>
<context>
    <name>facetrack::console::FocusPanel</name>
    <message>
        <source>Middle</source>
        <translation>Mitte</translation>
    </message>
    <message>
        <source>No region</source>
        <translation>Kein Bereich</translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation>Ganzes Bild</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Bereich</translation>
    </message>
    <message>
        <source>Measures the middle of the picture; the arrow keys move the region</source>
        <translation>Misst die Mitte des Bildes; die Pfeiltasten verschieben den Bereich</translation>
    </message>
    <message>
        <source>Let peaks go</source>
        <translation>Bestwerte verwerfen</translation>
    </message>
    <message>
        <source>Starts the peaks anew, after the scene or the aim has changed</source>
        <translation>Beginnt die Bestwerte neu, wenn sich Szene oder Ausrichtung geändert haben</translation>
    </message>
    <message>
        <source>Focus: %1</source>
        <translation>Schärfe: %1</translation>
    </message>
    <message>
        <source>Focus of the last minute: %1</source>
        <translation>Schärfe der letzten Minute: %1</translation>
    </message>
    <message>
        <source>%1 · %2 % of the peak %3</source>
        <translation>%1 · %2 % des Bestwerts %3</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>noch nicht gemessen</translation>
    </message>
    <message>
        <source>drag one over the picture</source>
        <translation>über dem Bild aufziehen</translation>
    </message>
</context>
<context>
    <name>facetrack::console::HistorySource</name>
    <message>
        <source>the database of %1 (%2)</source>
        <translation>die Datenbank von %1 (%2)</translation>
    </message>
    <message numerus="yes">
        <source>%n agents, each from its own disk</source>
        <translation>
            <numerusform>%n Agent, aus seinem eigenen Speicher</numerusform>
            <numerusform>%n Agenten, jeder aus seinem eigenen Speicher</numerusform>
        </translation>
    </message>
    <message>
        <source>There is nobody to ask: no agent is known, and no database is set up.
Add an agent by its address at the left, or a database under Connections.</source>
        <translation>Es ist niemand zu fragen: Kein Agent ist bekannt, und keine Datenbank ist eingerichtet.
Füge links einen Agenten mit seiner Adresse hinzu, oder eine Datenbank unter Verbindungen.</translation>
    </message>
</context>
<context>
    <name>facetrack::console::LegendBar</name>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
    <message>
        <source>Show or hide %1</source>
        <translation>%1 zeigen oder verbergen</translation>
    </message>
</context>
<context>
    <name>facetrack::console::LivePicture</name>
    <message>
        <source>waiting for the first picture …</source>
        <translation>wartet auf das erste Bild …</translation>
    </message>
    <message>
        <source>needs its token</source>
        <translation>braucht sein Token</translation>
    </message>
    <message>
        <source>shows another certificate</source>
        <translation>zeigt ein anderes Zertifikat</translation>
    </message>
    <message>
        <source>no picture since %1, retrying in %2 s</source>
        <translation>kein Bild seit %1, neuer Versuch in %2 s</translation>
    </message>
</context>
<context>
    <name>facetrack::console::LookingNotice</name>
    <message>
        <source>Add by address…</source>
        <translation>Per Adresse hinzufügen …</translation>
    </message>
    <message>
        <source>Show a demo</source>
        <translation>Demo zeigen</translation>
    </message>
    <message numerus="yes">
        <source>&lt;h2&gt;Looking for agents on this network, %n second(s) so far&lt;/h2&gt;&lt;p&gt;Agents are found by themselves when they are on the same network and it lets multicast DNS through; many guest networks do not.&lt;/p&gt;&lt;p&gt;You know its address? Add it. No camera at hand? A demo has agents that watch drawn booths, in a window of its own.&lt;/p&gt;</source>
        <translation>
            <numerusform>&lt;h2&gt;Sucht Agenten in diesem Netz, seit %n Sekunde&lt;/h2&gt;&lt;p&gt;Agenten werden von selbst gefunden, wenn sie im selben Netz sind und es Multicast-DNS durchlässt; viele Gastnetze tun das nicht.&lt;/p&gt;&lt;p&gt;Die Adresse ist bekannt? Dann hinzufügen. Keine Kamera zur Hand? Eine Demo hat Agenten, die gezeichnete Stände sehen, in einem eigenen Fenster.&lt;/p&gt;</numerusform>
            <numerusform>&lt;h2&gt;Sucht Agenten in diesem Netz, seit %n Sekunden&lt;/h2&gt;&lt;p&gt;Agenten werden von selbst gefunden, wenn sie im selben Netz sind und es Multicast-DNS durchlässt; viele Gastnetze tun das nicht.&lt;/p&gt;&lt;p&gt;Die Adresse ist bekannt? Dann hinzufügen. Keine Kamera zur Hand? Eine Demo hat Agenten, die gezeichnete Stände sehen, in einem eigenen Fenster.&lt;/p&gt;</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>facetrack::console::MainWindow</name>
    <message>
        <source>facetrack</source>
        <translation>facetrack</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Search…</source>
        <translation>Suchen …</translation>
    </message>
    <message>
        <source>Finds any command, page or agent (Ctrl+K)</source>
        <translation>Findet jeden Befehl, jede Seite, jeden Agenten (Strg+K)</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Page</source>
        <translation>&amp;Seite</translation>
    </message>
    <message>
        <source>&amp;Agent</source>
        <translation>A&amp;gent</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;About facetrack</source>
        <translation>Ü&amp;ber facetrack</translation>
    </message>
    <message>
        <source>%1 of %2 agents · %3 faces now · %4 rows/s delivered · backlog %5 · %6</source>
        <translation>%1 von %2 Agenten · %3 Gesichter gerade · %4 Zeilen/s zugestellt · Rückstand %5 · %6</translation>
    </message>
    <message>
        <source>&amp;Report…</source>
        <translation>&amp;Bericht …</translation>
    </message>
    <message>
        <source>Present</source>
        <translation>Präsentieren</translation>
    </message>
    <message>
        <source>Present…</source>
        <translation>Präsentieren …</translation>
    </message>
</context>
<context>
    <name>facetrack::console::ParameterRow</name>
    <message>
        <source>%1 Accepted: %2. Default: %3.</source>
        <translation>%1 Angenommen: %2. Vorgabe: %3.</translation>
    </message>
    <message>
        <source>Not the default; a click brings back %1</source>
        <translation>Nicht die Vorgabe; ein Klick bringt %1 zurück</translation>
    </message>
    <message>
        <source>%1: back to the default</source>
        <translation>%1: zurück zur Vorgabe</translation>
    </message>
</context>
<context>
    <name>facetrack::console::PastCharts</name>
    <message>
        <source>Agent of the heat map</source>
        <translation>Agent der Karte</translation>
    </message>
    <message>
        <source>Heat map of</source>
        <translation>Karte von</translation>
    </message>
    <message>
        <source>Getting ready to ask…</source>
        <translation>Die Frage wird vorbereitet …</translation>
    </message>
    <message>
        <source>Asking %1…</source>
        <translation>Gefragt wird: %1 …</translation>
    </message>
    <message>
        <source>The charts could not be made.
%1

Choose &quot;Ask again&quot; when it is mended.</source>
        <translation>Die Diagramme konnten nicht entstehen.
%1

Wähle „Neu fragen“, wenn es behoben ist.</translation>
    </message>
    <message>
        <source>No data: in these days and hours no agent looked at a picture, as far as %1 knows.
Choose other days, or look at the agents&apos; own pages if they should have counted.</source>
        <translation>Keine Daten: In diesen Tagen und Stunden hat kein Agent ein Bild angesehen, soweit bekannt. Gefragt wurde: %1.
Wähle andere Tage, oder sieh auf den Seiten der Agenten nach, wenn sie hätten zählen sollen.</translation>
    </message>
    <message>
        <source>Not in these charts, since they did not answer: %1. Their past is on their own disks; ask again when they are back.</source>
        <translation>Nicht in diesen Diagrammen, weil keine Antwort kam: %1. Ihre Vergangenheit liegt auf ihren eigenen Speichern; frage neu, wenn sie wieder da sind.</translation>
    </message>
    <message>
        <source>There is nothing to save yet.</source>
        <translation>Noch gibt es nichts zu speichern.</translation>
    </message>
    <message>
        <source>%1 could not be made.</source>
        <translation>%1 ließ sich nicht anlegen.</translation>
    </message>
</context>
<context>
    <name>facetrack::console::PictureSlide</name>
    <message>
        <source>Live: %1</source>
        <translation>Live: %1</translation>
    </message>
</context>
<context>
    <name>facetrack::console::PictureView</name>
    <message>
        <source>Live picture of %1</source>
        <translation>Livebild von %1</translation>
    </message>
    <message>
        <source>%1 fps · %2 now</source>
        <translation>%1 Bilder/s · %2 gerade</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>Bild speichern …</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>Bild speichern</translation>
    </message>
    <message>
        <source>JPEG pictures (*.jpg)</source>
        <translation>JPEG-Bilder (*.jpg)</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 lässt sich nicht schreiben: %2</translation>
    </message>
    <message>
        <source>No picture since %1</source>
        <translation>Kein Bild seit %1</translation>
    </message>
    <message>
        <source>Copy figures</source>
        <translation>Zahlen kopieren</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>Gespeichert als %1</translation>
    </message>
    <message>
        <source>The picture is in the clipboard.</source>
        <translation>Das Bild ist in der Zwischenablage.</translation>
    </message>
</context>
<context>
    <name>facetrack::console::PreflightPage</name>
    <message>
        <source>&amp;Run again</source>
        <translation>&amp;Erneut prüfen</translation>
    </message>
    <message>
        <source>&amp;Save as PDF…</source>
        <translation>Als &amp;PDF speichern …</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Run preflight again</source>
        <translation>Vorabprüfung wiederholen</translation>
    </message>
    <message>
        <source>Save preflight as PDF…</source>
        <translation>Vorabprüfung als PDF speichern …</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>Write and read</source>
        <translation>Schreiben und Lesen</translation>
    </message>
    <message>
        <source>this console knows no database</source>
        <translation>diese Konsole kennt keine Datenbank</translation>
    </message>
    <message>
        <source>set it up under Connections</source>
        <translation>sie unter „Verbindungen“ einrichten</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>under way…</source>
        <translation>läuft …</translation>
    </message>
    <message>
        <source>not tried yet</source>
        <translation>noch nicht versucht</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>Agenten</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>no agent is known</source>
        <translation>kein Agent ist bekannt</translation>
    </message>
    <message>
        <source>Add by address… at the left, or wait until one is found</source>
        <translation>links „Per Adresse hinzufügen …“, oder warten, bis einer gefunden wird</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>noch nicht</translation>
    </message>
    <message>
        <source>Venue: %1. Agents are followed as they go; the database was tried at %2, with a row of an agent &quot;facetrack-preflight&quot; that is written, read and deleted again.</source>
        <translation>Ort: %1. Agenten werden laufend verfolgt; die Datenbank wurde um %2 probiert, mit einer Zeile eines Agenten „facetrack-preflight“, die geschrieben, gelesen und wieder gelöscht wird.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
    <message>
        <source>Save preflight</source>
        <translation>Vorabprüfung speichern</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>Gespeichert als %1.</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 lässt sich nicht schreiben: %2</translation>
    </message>
    <message>
        <source>Venue: %1. Agents are followed as they go.</source>
        <translation>Ort: %1. Agenten werden laufend verfolgt.</translation>
    </message>
</context>
<context>
    <name>facetrack::console::PresentDialog</name>
    <message>
        <source>Present</source>
        <translation>Präsentieren</translation>
    </message>
    <message>
        <source>%1: %2, %3 x %4</source>
        <translation>%1: %2, %3 x %4</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>Bildschirm</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>Seconds for each slide</source>
        <translation>Sekunden je Ansicht</translation>
    </message>
    <message>
        <source>Each slide</source>
        <translation>Jede Ansicht</translation>
    </message>
    <message>
        <source>Escape ends it, the arrow keys turn the page. F11 starts it on this display from now on.</source>
        <translation>Escape beendet es, die Pfeiltasten blättern. F11 startet es ab jetzt auf diesem Bildschirm.</translation>
    </message>
</context>
<context>
    <name>facetrack::console::Presentation</name>
    <message>
        <source>figures of the event are shown</source>
        <translation>Zahlen der Veranstaltung werden gezeigt</translation>
    </message>
    <message>
        <source>facetrack: presentation</source>
        <translation>facetrack: Präsentation</translation>
    </message>
    <message>
        <source>Presentation; Escape ends it</source>
        <translation>Präsentation; Escape beendet sie</translation>
    </message>
    <message>
        <source>no data yet</source>
        <translation>noch keine Daten</translation>
    </message>
    <message>
        <source>last update %1</source>
        <translation>letzter Stand %1</translation>
    </message>
    <message>
        <source>MADE UP: simulated data</source>
        <translation>ERFUNDEN: simulierte Daten</translation>
    </message>
</context>
<context>
    <name>facetrack::console::PresetBar</name>
    <message>
        <source>Preset</source>
        <translation>Voreinstellung</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern …</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen …</translation>
    </message>
    <message>
        <source>Save preset</source>
        <translation>Voreinstellung speichern</translation>
    </message>
    <message>
        <source>Keep the values in force under the name</source>
        <translation>Die geltenden Werte unter diesem Namen behalten</translation>
    </message>
    <message>
        <source>Delete preset</source>
        <translation>Voreinstellung löschen</translation>
    </message>
    <message>
        <source>Delete the preset %1? Its values are lost.</source>
        <translation>Voreinstellung %1 löschen? Ihre Werte gehen verloren.</translation>
    </message>
</context>
<context>
    <name>facetrack::console::RelayCheck</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>this is no address</source>
        <translation>das ist keine Adresse</translation>
    </message>
    <message>
        <source>give https://HOST:PORT of the relay</source>
        <translation>https://HOST:PORT des Relays angeben</translation>
    </message>
    <message>
        <source>Reachable</source>
        <translation>Erreichbar</translation>
    </message>
    <message>
        <source>check host and port, http or https, whether facetrack-agentd relay runs there, and the network between</source>
        <translation>Host und Port prüfen, http oder https, ob dort facetrack-agentd relay läuft, und das Netz dazwischen</translation>
    </message>
    <message>
        <source>something answers, but it is no relay</source>
        <translation>etwas antwortet, aber es ist kein Relay</translation>
    </message>
    <message>
        <source>check host and port</source>
        <translation>Host und Port prüfen</translation>
    </message>
    <message>
        <source>%1, version %2</source>
        <translation>%1, Version %2</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>Verschlüsselung</translation>
    </message>
    <message>
        <source>TLS; its certificate is %1</source>
        <translation>TLS; sein Zertifikat ist %1</translation>
    </message>
    <message>
        <source>none, but it does not leave this machine</source>
        <translation>keine, aber nichts verlässt diesen Rechner</translation>
    </message>
    <message>
        <source>none: others on the network can read the agents&apos; tokens</source>
        <translation>keine: Andere im Netz können die Token der Agenten lesen</translation>
    </message>
    <message>
        <source>start the relay with relay.tls</source>
        <translation>das Relay mit relay.tls starten</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>Zustellung</translation>
    </message>
    <message>
        <source>takes rows and hands them on</source>
        <translation>nimmt Zeilen an und gibt sie weiter</translation>
    </message>
    <message>
        <source>look at the relay&apos;s own settings: docs/relay.md</source>
        <translation>die Einstellungen des Relays prüfen: docs/relay.md</translation>
    </message>
    <message>
        <source>Relay %1</source>
        <translation>Relay %1</translation>
    </message>
</context>
<context>
    <name>facetrack::console::ReportDialog</name>
    <message>
        <source>First day</source>
        <translation>Erster Tag</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Letzter Tag</translation>
    </message>
    <message>
        <source>Opens at</source>
        <translation>Öffnet um</translation>
    </message>
    <message>
        <source>Closes at</source>
        <translation>Schließt um</translation>
    </message>
    <message>
        <source>The place&apos;s time zone</source>
        <translation>Zeitzone des Ortes</translation>
    </message>
    <message>
        <source>Who is asked</source>
        <translation>Wer gefragt wird</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>00:00 is the end of the day</source>
        <translation>00:00 ist das Ende des Tages</translation>
    </message>
    <message>
        <source>The agents of this console</source>
        <translation>Die Agenten dieser Konsole</translation>
    </message>
    <message>
        <source>The database of %1</source>
        <translation>Die Datenbank von %1</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Choose the folder</source>
        <translation>Den Ordner wählen</translation>
    </message>
    <message>
        <source>Event days</source>
        <translation>Tage der Veranstaltung</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>Opening hours</source>
        <translation>Öffnungszeiten</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Make the report</source>
        <translation>Bericht erstellen</translation>
    </message>
    <message>
        <source>Open the PDF</source>
        <translation>PDF öffnen</translation>
    </message>
    <message>
        <source>facetrack report</source>
        <translation>facetrack-Bericht</translation>
    </message>
    <message>
        <source>Folder of the report</source>
        <translation>Ordner des Berichts</translation>
    </message>
    <message>
        <source>Choose a folder first.</source>
        <translation>Zuerst einen Ordner wählen.</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Wird gefragt …</translation>
    </message>
    <message>
        <source>No agent is known: add one at the left, or a venue with a database under Connections.</source>
        <translation>Kein Agent ist bekannt: Links einen hinzufügen, oder unter Verbindungen einen Ort mit Datenbank.</translation>
    </message>
    <message>
        <source>Written: %1, and its tables beside it.</source>
        <translation>Geschrieben: %1, und daneben die Tabellen.</translation>
    </message>
    <message>
        <source>%1 did not answer and is not in it.</source>
        <translation>%1 hat nicht geantwortet und fehlt darin.</translation>
    </message>
    <message>
        <source>This event was made up.</source>
        <translation>Diese Veranstaltung ist erfunden.</translation>
    </message>
    <message>
        <source>There are no data of these hours.</source>
        <translation>Von diesen Stunden gibt es keine Daten.</translation>
    </message>
</context>
<context>
    <name>facetrack::console::ShapeLists</name>
    <message>
        <source>zone</source>
        <translation>Zone</translation>
    </message>
    <message>
        <source>line</source>
        <translation>Linie</translation>
    </message>
    <message>
        <source>mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <source>The agent is not there now: nothing was changed.</source>
        <translation>Der Agent ist gerade nicht da: Nichts wurde geändert.</translation>
    </message>
</context>
<context>
    <name>facetrack::console::ShapeTool</name>
    <message>
        <source>A %1 needs %2 points.</source>
        <translation>Eine %1 braucht %2 Punkte.</translation>
    </message>
    <message>
        <source>in</source>
        <translation>rein</translation>
    </message>
    <message>
        <source>out</source>
        <translation>raus</translation>
    </message>
    <message>
        <source>A %1 needs %2 points. To remove it whole, click its edge first.</source>
        <translation>Eine %1 braucht %2 Punkte. Um sie ganz zu entfernen, zuerst ihre Kante anklicken.</translation>
    </message>
    <message>
        <source>A %1 has at most %2 points.</source>
        <translation>Eine %1 hat höchstens %2 Punkte.</translation>
    </message>
</context>
<context>
    <name>facetrack::console::ShapesPanel</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: %2 (%3/%4)</source>
        <translation>%1: %2 (%3/%4)</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Ways</source>
        <translation>Richtungen</translation>
    </message>
    <message>
        <source>First way</source>
        <translation>Erste Richtung</translation>
    </message>
    <message>
        <source>Second way</source>
        <translation>Zweite Richtung</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>New %1</source>
        <translation>Neue %1</translation>
    </message>
    <message>
        <source>Zones, lines and masks</source>
        <translation>Zonen, Linien und Masken</translation>
    </message>
    <message>
        <source>The way of the arrow</source>
        <translation>In Richtung des Pfeils</translation>
    </message>
    <message>
        <source>The way against the arrow</source>
        <translation>Gegen die Richtung des Pfeils</translation>
    </message>
    <message>
        <source>Takes back the agent&apos;s newest change (Ctrl+Z on the picture)</source>
        <translation>Nimmt die neueste Änderung am Agenten zurück (Strg+Z auf dem Bild)</translation>
    </message>
    <message>
        <source>Not while the agent is away.</source>
        <translation>Nicht, solange der Agent weg ist.</translation>
    </message>
    <message>
        <source>Click both ends. The first way is to the right of someone who looks from the first towards the second. Escape cancels.</source>
        <translation>Beide Enden anklicken. Die erste Richtung geht nach rechts für jemanden, der vom ersten zum zweiten schaut. Esc bricht ab.</translation>
    </message>
    <message>
        <source>Click the corners; a double click or Enter closes it, Backspace takes one back, Escape cancels. Arrow keys and the space bar do the same.</source>
        <translation>Die Ecken anklicken; ein Doppelklick oder Eingabe schließt ab, Rücktaste nimmt eine zurück, Esc bricht ab. Pfeiltasten und Leertaste tun dasselbe.</translation>
    </message>
    <message>
        <source>Drag points or the whole; a double click on an edge adds a point. Keys: Page Down chooses a point, arrows move (Shift: farther), Insert adds, Delete removes.</source>
        <translation>Punkte oder das Ganze ziehen; ein Doppelklick auf eine Kante fügt einen Punkt hinzu. Tasten: Bild ab wählt einen Punkt, Pfeile verschieben (Umschalt: weiter), Einfg fügt hinzu, Entf entfernt.</translation>
    </message>
    <message>
        <source>Zones measure how long people stay, lines count who crosses, masks are not looked at.</source>
        <translation>Zonen messen, wie lange Menschen bleiben, Linien zählen, wer sie überquert, Masken werden nicht betrachtet.</translation>
    </message>
</context>
<context>
    <name>facetrack::console::StateDot</name>
    <message>
        <source>asked, no answer yet</source>
        <translation>angefragt, noch keine Antwort</translation>
    </message>
    <message>
        <source>accepted, not in effect yet</source>
        <translation>angenommen, noch nicht wirksam</translation>
    </message>
    <message>
        <source>in effect</source>
        <translation>wirksam</translation>
    </message>
</context>
<context>
    <name>facetrack::console::Today</name>
    <message>
        <source>no agent is known</source>
        <translation>kein Agent ist bekannt</translation>
    </message>
    <message>
        <source>%1 does not answer</source>
        <translation>%1 antwortet nicht</translation>
    </message>
</context>
<context>
    <name>facetrack::console::TrialDialog</name>
    <message>
        <source>A/B on %1</source>
        <translation>A/B auf %1</translation>
    </message>
    <message>
        <source>Sets of settings</source>
        <translation>Sätze von Einstellungen</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Satz</translation>
    </message>
    <message>
        <source>Differs from now in</source>
        <translation>Weicht von jetzt ab in</translation>
    </message>
    <message>
        <source>Faces a frame</source>
        <translation>Gesichter je Bild</translation>
    </message>
    <message>
        <source>Flicker</source>
        <translation>Flackern</translation>
    </message>
    <message>
        <source>CPU ms a frame</source>
        <translation>CPU-ms je Bild</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>Übereinstimmung</translation>
    </message>
    <message>
        <source>No other is better</source>
        <translation>Kein anderer ist besser</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>stricter</source>
        <translation>strenger</translation>
    </message>
    <message>
        <source>Double-click a set to change it, such as detect.min_neighbors=6, detect.scale_factor=1.2; then Run.</source>
        <translation>Einen Satz doppelt anklicken, um ihn zu ändern, etwa detect.min_neighbors=6, detect.scale_factor=1.2; dann „Ausführen“.</translation>
    </message>
    <message>
        <source>Trying: %1 of %2 frames …</source>
        <translation>Probiert: %1 von %2 Bildern …</translation>
    </message>
    <message>
        <source>Add a set</source>
        <translation>Satz hinzufügen</translation>
    </message>
    <message>
        <source>set %1</source>
        <translation>Satz %1</translation>
    </message>
    <message>
        <source>Freeze anew</source>
        <translation>Neu einfrieren</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Ausführen</translation>
    </message>
    <message>
        <source>Next difference</source>
        <translation>Nächster Unterschied</translation>
    </message>
    <message>
        <source>Apply the chosen set</source>
        <translation>Gewählten Satz anwenden</translation>
    </message>
    <message>
        <source>Freezing the last 10 seconds …</source>
        <translation>Die letzten 10 Sekunden werden eingefroren …</translation>
    </message>
    <message>
        <source>Done. Dashed boxes are the first set&apos;s, solid ones the chosen set&apos;s. Compare sets with each other, not with the live counts.</source>
        <translation>Fertig. Gestrichelte Rahmen sind vom ersten Satz, durchgezogene vom gewählten. Sätze miteinander vergleichen, nicht mit den Livezahlen.</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>This set is what is in force already.</source>
        <translation>Dieser Satz gilt bereits.</translation>
    </message>
    <message>
        <source>%1 is in force now; Undo takes it back.</source>
        <translation>%1 gilt jetzt; „Rückgängig“ nimmt es zurück.</translation>
    </message>
    <message>
        <source>A frame in which the chosen set finds other faces than the first is shown here.</source>
        <translation>Hier steht ein Bild, in dem der gewählte Satz andere Gesichter findet als der erste.</translation>
    </message>
    <message>
        <source>This is the first set: choose another one.</source>
        <translation>Das ist der erste Satz: einen anderen wählen.</translation>
    </message>
    <message>
        <source>No frame differs: it finds the same faces as the first set.</source>
        <translation>Kein Bild unterscheidet sich: Er findet dieselben Gesichter wie der erste Satz.</translation>
    </message>
</context>
<context>
    <name>facetrack::console::TunePanel</name>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Filter settings</source>
        <translation>Einstellungen filtern</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Back to the agent&apos;s settings file</source>
        <translation>Zurück zur Einstellungsdatei des Agenten</translation>
    </message>
    <message>
        <source>Copy to…</source>
        <translation>Kopieren auf …</translation>
    </message>
    <message>
        <source>A/B…</source>
        <translation>A/B …</translation>
    </message>
    <message>
        <source>No agent is chosen.</source>
        <translation>Kein Agent gewählt.</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt;</source>
        <translation>&lt;b&gt;%1&lt;/b&gt;</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt;: %2</source>
        <translation>&lt;b&gt;%1&lt;/b&gt;: %2</translation>
    </message>
</context>
<context>
    <name>facetrack::console::ValidationList</name>
    <message>
        <source>You counted %1, the agent %2.</source>
        <translation>Von Hand gezählt: %1, vom Agenten: %2.</translation>
    </message>
    <message>
        <source>Recall %1: that share of the visitors whom you counted, the agent counted too.</source>
        <translation>Trefferquote (recall) %1: So viele der von Hand gezählten Besucher hat auch der Agent gezählt.</translation>
    </message>
    <message>
        <source>Precision %1: that share of the agent&apos;s visits were visitors; the others it counted twice, or nobody was there.</source>
        <translation>Genauigkeit (precision) %1: So viele Besuche des Agenten waren Besucher; die übrigen hat er doppelt gezählt, oder niemand war da.</translation>
    </message>
    <message>
        <source>Counts by hand that the agent keeps</source>
        <translation>Zählungen von Hand, die der Agent aufbewahrt</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>Minuten</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>Von Hand</translation>
    </message>
    <message>
        <source>By the agent</source>
        <translation>Vom Agenten</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>Trefferquote</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
</context>
<context>
    <name>facetrack::console::ValueWidget</name>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>%1, slider</source>
        <translation>%1, Schieber</translation>
    </message>
    <message>
        <source>%1, width</source>
        <translation>%1, Breite</translation>
    </message>
    <message>
        <source>%1, height</source>
        <translation>%1, Höhe</translation>
    </message>
    <message numerus="yes">
        <source>%n drawn; edit on the page Calibrate</source>
        <translation>
            <numerusform>%n gezeichnet; auf der Seite „Kalibrieren“ bearbeiten</numerusform>
            <numerusform>%n gezeichnet; auf der Seite „Kalibrieren“ bearbeiten</numerusform>
        </translation>
    </message>
    <message>
        <source>the whole picture</source>
        <translation>das ganze Bild</translation>
    </message>
    <message>
        <source>%1 × %2 % of the picture, from %3 % at the left and %4 % at the top</source>
        <translation>%1 × %2 % des Bildes, ab %3 % von links und %4 % von oben</translation>
    </message>
</context>
<context>
    <name>facetrack::console::VenueForm</name>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>such as Berlin, hall 3</source>
        <translation>etwa Berlin, Halle 3</translation>
    </message>
    <message>
        <source>Databases, one address a line</source>
        <translation>Datenbanken, eine Adresse je Zeile</translation>
    </message>
    <message>
        <source>https://db1:4200, one address a line</source>
        <translation>https://db1:4200, eine Adresse je Zeile</translation>
    </message>
    <message>
        <source>&amp;Databases</source>
        <translation>Daten&amp;banken</translation>
    </message>
    <message>
        <source>&amp;User</source>
        <translation>Ben&amp;utzer</translation>
    </message>
    <message>
        <source>empty: nobody logs in</source>
        <translation>leer: Niemand meldet sich an</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>Pass&amp;wort</translation>
    </message>
    <message>
        <source>kept in %1</source>
        <translation>Aufbewahrung: %1</translation>
    </message>
    <message>
        <source>Kept in %1</source>
        <translation>Aufbewahrung: %1</translation>
    </message>
    <message>
        <source>CA &amp;file</source>
        <translation>&amp;CA-Datei</translation>
    </message>
    <message>
        <source>F&amp;ingerprint</source>
        <translation>F&amp;ingerabdruck</translation>
    </message>
    <message>
        <source>SHA-256 of the database&apos;s certificate, in place of a CA file</source>
        <translation>SHA-256 des Zertifikats der Datenbank, anstelle einer CA-Datei</translation>
    </message>
    <message>
        <source>&amp;Schema</source>
        <translation>Sche&amp;ma</translation>
    </message>
    <message>
        <source>&amp;Relay</source>
        <translation>&amp;Relay</translation>
    </message>
    <message>
        <source>https://relay.example, where agents upload to one</source>
        <translation>https://relay.example, wenn Agenten über eines hochladen</translation>
    </message>
    <message>
        <source>CA file</source>
        <translation>CA-Datei</translation>
    </message>
    <message>
        <source>PEM; empty: the system&apos;s certificates</source>
        <translation>PEM; leer: die Zertifikate des Systems</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer);;All files (*)</source>
        <translation>Zertifikate (*.pem *.crt *.cer);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>A venue needs a name.</source>
        <translation>Ein Ort braucht einen Namen.</translation>
    </message>
    <message>
        <source>There is a venue of the name %1 already.</source>
        <translation>Einen Ort namens %1 gibt es schon.</translation>
    </message>
</context>
<context>
    <name>facetrack::console::WallPage</name>
    <message>
        <source>Show boxes</source>
        <translation>Rahmen zeigen</translation>
    </message>
    <message>
        <source>Let agents draw the boxes</source>
        <translation>Agenten die Rahmen zeichnen lassen</translation>
    </message>
    <message>
        <source>One picture or all</source>
        <translation>Ein Bild oder alle</translation>
    </message>
    <message>
        <source>&lt;h2&gt;No picture is chosen&lt;/h2&gt;&lt;p&gt;Click an agent at the left, and put its picture back with the menu Page.&lt;/p&gt;</source>
        <translation>&lt;h2&gt;Kein Bild ist gewählt&lt;/h2&gt;&lt;p&gt;Links einen Agenten anklicken und sein Bild mit dem Menü „Seite“ zurückholen.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Chosen agent on the wall</source>
        <translation>Gewählter Agent auf der Wand</translation>
    </message>
</context>
<context>
    <name>finding</name>
    <message>
        <source>good</source>
        <translation>gut</translation>
    </message>
    <message>
        <source>look at it</source>
        <translation>ansehen</translation>
    </message>
    <message>
        <source>does not work</source>
        <translation>geht nicht</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>%1 not working</source>
        <translation>%1 ohne Funktion</translation>
    </message>
    <message>
        <source>%1 to look at</source>
        <translation>%1 anzusehen</translation>
    </message>
    <message>
        <source>%1 not known</source>
        <translation>%1 unbekannt</translation>
    </message>
    <message>
        <source>Nothing was looked at yet</source>
        <translation>Noch nichts wurde angesehen</translation>
    </message>
    <message>
        <source>All is well</source>
        <translation>Alles in Ordnung</translation>
    </message>
</context>
<context>
    <name>options</name>
    <message>
        <source>The console of facetrack: finds agents, shows their pictures, tunes them.</source>
        <translation>Die Konsole von facetrack: findet Agenten, zeigt ihre Bilder, stellt sie ein.</translation>
    </message>
    <message>
        <source>Adds the agent at this address; may be given several times.</source>
        <translation>Fügt den Agenten unter dieser Adresse hinzu; mehrfach möglich.</translation>
    </message>
    <message>
        <source>Starts three agents with drawn booths on this machine and shows them; what is set meanwhile is not kept.</source>
        <translation>Startet drei Agenten mit gezeichneten Ständen auf diesem Rechner und zeigt sie; was dabei eingestellt wird, bleibt nicht erhalten.</translation>
    </message>
    <message>
        <source>light or dark, whatever the desktop says.</source>
        <translation>light (hell) oder dark (dunkel), was auch immer der Desktop sagt.</translation>
    </message>
    <message>
        <source>Shows this page first, such as wall.</source>
        <translation>Zeigt zuerst diese Seite, etwa wall.</translation>
    </message>
    <message>
        <source>Keeps settings in this file instead of the usual one.</source>
        <translation>Speichert Einstellungen in dieser Datei statt der üblichen.</translation>
    </message>
    <message>
        <source>Does not look for agents on the network.</source>
        <translation>Sucht nicht nach Agenten im Netz.</translation>
    </message>
    <message>
        <source>Keeps tokens in a file that only you may read.</source>
        <translation>Bewahrt Token in einer Datei auf, die nur das eigene Konto lesen darf.</translation>
    </message>
    <message>
        <source>Opens the window at this size, such as 1280x800.</source>
        <translation>Öffnet das Fenster in dieser Größe, etwa 1280x800.</translation>
    </message>
    <message>
        <source>Prints the names of the pages and ends.</source>
        <translation>Gibt die Namen der Seiten aus und endet.</translation>
    </message>
    <message>
        <source>Makes a report of an event, as PDF and tables, without a desktop, and ends. Asks the agents of --connect, or those known, or --url.</source>
        <translation>Erstellt einen Bericht über eine Veranstaltung, als PDF und Tabellen, ohne Desktop, und endet. Fragt die Agenten von --connect, oder die bekannten, oder --url.</translation>
    </message>
    <message>
        <source>First day of the event, such as 2026-05-04.</source>
        <translation>Erster Tag der Veranstaltung, etwa 2026-05-04.</translation>
    </message>
    <message>
        <source>Its last day.</source>
        <translation>Ihr letzter Tag.</translation>
    </message>
    <message>
        <source>Its opening hours.</source>
        <translation>Ihre Öffnungszeiten.</translation>
    </message>
    <message>
        <source>The place&apos;s time zone, such as Europe/Berlin, instead of this machine&apos;s.</source>
        <translation>Zeitzone des Ortes, etwa Europe/Berlin, statt der dieses Rechners.</translation>
    </message>
    <message>
        <source>Folder for the report; made if there is none.</source>
        <translation>Ordner für den Bericht; wird angelegt, wenn es ihn nicht gibt.</translation>
    </message>
    <message>
        <source>Asks this CrateDB instead of agents; may be given several times.</source>
        <translation>Fragt diese CrateDB statt der Agenten; mehrfach möglich.</translation>
    </message>
    <message>
        <source>User of the database.</source>
        <translation>Konto in der Datenbank.</translation>
    </message>
    <message>
        <source>File with its password.</source>
        <translation>Datei mit dessen Passwort.</translation>
    </message>
    <message>
        <source>Certificates to trust, PEM.</source>
        <translation>Zertifikate, denen vertraut wird, PEM.</translation>
    </message>
    <message>
        <source>Schema of the tables.</source>
        <translation>Schema der Tabellen.</translation>
    </message>
    <message>
        <source>Shows charts and live pictures full screen for who walks by; Escape ends that.</source>
        <translation>Zeigt Diagramme und Livebilder im Vollbild für Vorbeigehende; Escape beendet das.</translation>
    </message>
    <message>
        <source>Presents on this display, from 1; kept for the next time.</source>
        <translation>Präsentiert auf diesem Bildschirm, ab 1; gilt auch beim nächsten Mal.</translation>
    </message>
</context>
<context>
    <name>pages</name>
    <message>
        <source>Wall</source>
        <translation>Wand</translation>
    </message>
    <message>
        <source>Calibrate</source>
        <translation>Kalibrieren</translation>
    </message>
    <message>
        <source>Preflight</source>
        <translation>Vorabprüfung</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Count by hand</source>
        <translation>Von Hand zählen</translation>
    </message>
    <message>
        <source>Charts</source>
        <translation>Diagramme</translation>
    </message>
</context>
<context>
    <name>panels</name>
    <message>
        <source>Agents</source>
        <translation>Agenten</translation>
    </message>
    <message>
        <source>Tune</source>
        <translation>Einstellen</translation>
    </message>
</context>
<context>
    <name>preflightReport</name>
    <message>
        <source>no venue chosen</source>
        <translation>kein Ort gewählt</translation>
    </message>
    <message>
        <source>facetrack preflight</source>
        <translation>facetrack-Vorabprüfung</translation>
    </message>
    <message>
        <source>Venue: %1</source>
        <translation>Ort: %1</translation>
    </message>
    <message>
        <source>Date: %1</source>
        <translation>Datum: %1</translation>
    </message>
    <message>
        <source>Made by facetrack-console %1</source>
        <translation>Erstellt von facetrack-console %1</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>How it is</source>
        <translation>Wie es ist</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Was zu tun ist</translation>
    </message>
</context>
<context>
    <name>report</name>
    <message>
        <source>ddd d MMM</source>
        <extracomment>A day without its year, as QLocale formats dates: &quot;Mon 4 May&quot;</extracomment>
        <translation>ddd d. MMM</translation>
    </message>
    <message>
        <source>The strips show how much is known.</source>
        <translation>Die Streifen zeigen, wie viel bekannt ist.</translation>
    </message>
    <message>
        <source>Faces by agent, %1</source>
        <translation>Gesichter nach Agenten, %1</translation>
    </message>
    <message>
        <source>facetrack %1 · report after the event</source>
        <translation>facetrack %1 · Bericht nach der Veranstaltung</translation>
    </message>
    <message>
        <source>Made %1, %2 (%3)</source>
        <translation>Erstellt am %1, %2 (%3)</translation>
    </message>
    <message>
        <source>Page %1 of %2</source>
        <translation>Seite %1 von %2</translation>
    </message>
    <message>
        <source>MADE UP: simulated data</source>
        <translation>ERFUNDEN: simulierte Daten</translation>
    </message>
    <message numerus="yes">
        <source>%n more in %1.</source>
        <translation>
            <numerusform>%n weiterer Eintrag steht in %1.</numerusform>
            <numerusform>%n weitere stehen in %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No data of %n day(s)</source>
        <translation>
            <numerusform>Keine Daten von %n Tag</numerusform>
            <numerusform>Keine Daten von %n Tagen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 faces in %n day(s)</source>
        <translation>
            <numerusform>%1 Gesichter an %n Tag</numerusform>
            <numerusform>%1 Gesichter in %n Tagen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>%1; opening hours %2, time of %3.</source>
        <translation>%1; Öffnungszeiten %2, Zeit von %3.</translation>
    </message>
    <message>
        <source>MADE UP: %1 of %2 pictures in this report are simulated. It shows nothing that happened.</source>
        <translation>ERFUNDEN: %1 von %2 Bildern in diesem Bericht sind simuliert. Er zeigt nichts, was geschehen ist.</translation>
    </message>
    <message>
        <source>%1 did not answer: nothing of it is in this report.</source>
        <translation>%1 hat nicht geantwortet: Nichts davon steht in diesem Bericht.</translation>
    </message>
    <message>
        <source>No agent has data of these hours. That says nothing about how many people were there.</source>
        <translation>Kein Agent hat Daten aus diesen Stunden. Das sagt nichts darüber, wie viele Menschen da waren.</translation>
    </message>
    <message>
        <source>%1 face detections: every face in every picture, added up. That is no number of people.</source>
        <translation>%1 erkannte Gesichter: jedes Gesicht in jedem Bild, zusammengezählt. Das ist keine Zahl von Menschen.</translation>
    </message>
    <message>
        <source>The cameras followed %1 visits: so often somebody came into view and was followed until they left.</source>
        <translation>Die Kameras haben %1 Besuche verfolgt: So oft kam jemand in Sicht und wurde verfolgt, bis er ging.</translation>
    </message>
    <message>
        <source>On average a camera saw %1 faces at a time.</source>
        <translation>Im Mittel sah eine Kamera %1 Gesichter gleichzeitig.</translation>
    </message>
    <message>
        <source>Half of the visits lasted %1 or longer, one in ten %2 or longer.</source>
        <translation>Die Hälfte der Besuche dauerte %1 oder länger, jeder zehnte %2 oder länger.</translation>
    </message>
    <message>
        <source>Busiest was %1 between %2 and %3, with %4 visits.</source>
        <translation>Am meisten los war am %1 zwischen %2 und %3 Uhr, mit %4 Besuchen.</translation>
    </message>
    <message>
        <source>Of %1 agents %2 saw most visits: %3 of all.</source>
        <translation>Von %1 Agenten sah %2 die meisten Besuche: %3 von allen.</translation>
    </message>
    <message>
        <source>Most visits came on %1 (%2), fewest on %3 (%4).</source>
        <translation>Die meisten Besuche kamen am %1 (%2), die wenigsten am %3 (%4).</translation>
    </message>
    <message>
        <source>Data are missing, so the days cannot be held against each other fairly.</source>
        <translation>Es fehlen Daten, deshalb lassen sich die Tage nicht gerecht vergleichen.</translation>
    </message>
    <message numerus="yes">
        <source>There are data of %1 of the opening hours, with %n gap(s).</source>
        <translation>
            <numerusform>Von %1 der Öffnungszeiten gibt es Daten, mit %n Lücke.</numerusform>
            <numerusform>Von %1 der Öffnungszeiten gibt es Daten, mit %n Lücken.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>People counted along %n time(s): %1 visitors by hand, %2 by the agents.</source>
        <translation>
            <numerusform>%n-mal wurde von Hand mitgezählt: %1 Besucher von Hand, %2 von den Agenten.</numerusform>
            <numerusform>%n-mal wurde von Hand mitgezählt: %1 Besucher von Hand, %2 von den Agenten.</numerusform>
        </translation>
    </message>
    <message>
        <source>Recall %1, precision %2.</source>
        <translation>Trefferquote %1, Genauigkeit %2.</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Maß</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>How it is made</source>
        <translation>Wie es entsteht</translation>
    </message>
    <message>
        <source>people followed from coming into view until they left; nobody is recognised</source>
        <translation>Menschen, verfolgt vom Erscheinen bis zum Gehen; niemand wird wiedererkannt</translation>
    </message>
    <message>
        <source>how many faces one camera sees at a time, mean over minutes with data</source>
        <translation>wie viele Gesichter eine Kamera gleichzeitig sieht, gemittelt über Minuten mit Daten</translation>
    </message>
    <message>
        <source>every face in every picture, added up; grows with the pictures per second</source>
        <translation>jedes Gesicht in jedem Bild, zusammengezählt; wächst mit den Bildern pro Sekunde</translation>
    </message>
    <message>
        <source>Three measures, not to be mixed up</source>
        <translation>Drei Maße, nicht zu verwechseln</translation>
    </message>
    <message>
        <source>Where faces were</source>
        <translation>Wo Gesichter waren</translation>
    </message>
    <message>
        <source>Face detections by place in each camera&apos;s picture, in 32 by 18 cells; each has a scale of its own.</source>
        <translation>Erkannte Gesichter nach dem Ort im Bild jeder Kamera, in 32 mal 18 Feldern; jede hat ihre eigene Skala.</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Share of visits</source>
        <translation>Anteil an den Besuchen</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Gaps</source>
        <translation>Lücken</translation>
    </message>
    <message>
        <source>By agent, and how much is known</source>
        <translation>Nach Agenten, und wie viel bekannt ist</translation>
    </message>
    <message>
        <source>Data: seconds in which at least one picture was looked at, of the opening hours. Gaps: whole minutes without any. They are in no mean: no data are not no faces.</source>
        <translation>Daten: Sekunden, in denen mindestens ein Bild angesehen wurde, von den Öffnungszeiten. Lücken: ganze Minuten ohne ein einziges. Sie stehen in keinem Mittel: Keine Daten heißt nicht keine Gesichter.</translation>
    </message>
    <message>
        <source>Times without data</source>
        <translation>Zeiten ohne Daten</translation>
    </message>
    <message>
        <source>None of a whole minute.</source>
        <translation>Keine von einer ganzen Minute.</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Times without data, the longest first</source>
        <translation>Zeiten ohne Daten, die längsten zuerst</translation>
    </message>
    <message>
        <source>Cameras look for faces in their pictures; where one is found, it is followed from picture to picture. Numbers and places of faces are kept, never pictures of people.</source>
        <translation>Kameras suchen in ihren Bildern nach Gesichtern; wo eines gefunden wird, wird es von Bild zu Bild verfolgt. Aufbewahrt werden Zahlen und Orte von Gesichtern, niemals Bilder von Menschen.</translation>
    </message>
    <message>
        <source>Only the opening hours are counted. A minute without data is left out of every mean, and hatched in the charts.</source>
        <translation>Nur die Öffnungszeiten zählen. Eine Minute ohne Daten bleibt aus jedem Mittel heraus und ist in den Diagrammen schraffiert.</translation>
    </message>
    <message>
        <source>Places are those of the middle of each face, in whole quarters of an hour.</source>
        <translation>Orte sind die der Mitte jedes Gesichts, in ganzen Viertelstunden.</translation>
    </message>
    <message>
        <source>How it was counted</source>
        <translation>So wurde gezählt</translation>
    </message>
    <message>
        <source>Counted by hand</source>
        <translation>Von Hand gezählt</translation>
    </message>
    <message>
        <source>Nobody counted along, or who was asked keeps no such counts. How many visitors the agents miss or count twice here is not known.</source>
        <translation>Niemand hat mitgezählt, oder wer gefragt wurde, bewahrt solche Zählungen nicht auf. Wie viele Besucher die Agenten hier übersehen oder doppelt zählen, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>Von Hand</translation>
    </message>
    <message>
        <source>Agent&apos;s visits</source>
        <translation>Besuche des Agenten</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>Trefferquote</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Recall: the share of the visitors counted by hand that the agent counted too. Precision: the share of the agent&apos;s visits that were visitors. Only numbers are compared.</source>
        <translation>Trefferquote: Anteil der von Hand gezählten Besucher, die auch der Agent gezählt hat. Genauigkeit: Anteil der Besuche des Agenten, die Besucher waren. Nur Zahlen werden verglichen.</translation>
    </message>
    <message>
        <source>Changes of the settings</source>
        <translation>Änderungen der Einstellungen</translation>
    </message>
    <message>
        <source>None in the opening hours.</source>
        <translation>Keine in den Öffnungszeiten.</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>Einstellung</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
</context>
<context>
    <name>settings</name>
    <message>
        <source>Blue gain</source>
        <translation>Blauverstärkung</translation>
    </message>
    <message>
        <source>Boxes</source>
        <translation>Rahmen</translation>
    </message>
    <message>
        <source>Brighter or darker</source>
        <translation>Heller oder dunkler</translation>
    </message>
    <message>
        <source>CPU budget</source>
        <translation>Rechenzeit</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>Bildzeile</translation>
    </message>
    <message>
        <source>Cascade</source>
        <translation>Kaskade</translation>
    </message>
    <message>
        <source>Counting lines</source>
        <translation>Zähllinien</translation>
    </message>
    <message>
        <source>Detector</source>
        <translation>Detektor</translation>
    </message>
    <message>
        <source>Equalise light</source>
        <translation>Licht ausgleichen</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>Belichtung</translation>
    </message>
    <message>
        <source>Exposure time</source>
        <translation>Belichtungszeit</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>Gesichter</translation>
    </message>
    <message>
        <source>Focus</source>
        <translation>Schärfe</translation>
    </message>
    <message>
        <source>Focus window</source>
        <translation>Schärfefenster</translation>
    </message>
    <message>
        <source>Gain</source>
        <translation>Verstärkung</translation>
    </message>
    <message>
        <source>Hits before a visit</source>
        <translation>Treffer bis zum Besuch</translation>
    </message>
    <message>
        <source>Largest face</source>
        <translation>Größtes Gesicht</translation>
    </message>
    <message>
        <source>Least frame rate</source>
        <translation>Kleinste Bildrate</translation>
    </message>
    <message>
        <source>Lens position</source>
        <translation>Linsenstellung</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Licht</translation>
    </message>
    <message>
        <source>Longest delay</source>
        <translation>Längste Verzögerung</translation>
    </message>
    <message>
        <source>Masks</source>
        <translation>Masken</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>Spiegeln</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Most frame rate</source>
        <translation>Größte Bildrate</translation>
    </message>
    <message>
        <source>Neighbours</source>
        <translation>Nachbarn</translation>
    </message>
    <message>
        <source>Overlap</source>
        <translation>Überlappung</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>Geduld</translation>
    </message>
    <message>
        <source>Picture quality</source>
        <translation>Bildqualität</translation>
    </message>
    <message>
        <source>Picture width</source>
        <translation>Bildbreite</translation>
    </message>
    <message>
        <source>Pictures per second</source>
        <translation>Bilder je Sekunde</translation>
    </message>
    <message>
        <source>Red gain</source>
        <translation>Rotverstärkung</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Bereich</translation>
    </message>
    <message>
        <source>Rotation</source>
        <translation>Drehung</translation>
    </message>
    <message>
        <source>Scale factor</source>
        <translation>Skalenfaktor</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Zeitplan</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>Smallest face</source>
        <translation>Kleinstes Gesicht</translation>
    </message>
    <message>
        <source>Time before a visit</source>
        <translation>Zeit bis zum Besuch</translation>
    </message>
    <message>
        <source>White balance</source>
        <translation>Weißabgleich</translation>
    </message>
    <message>
        <source>Working scale</source>
        <translation>Arbeitsmaßstab</translation>
    </message>
    <message>
        <source>Zones</source>
        <translation>Zonen</translation>
    </message>
    <message>
        <source>Zones, lines, masks</source>
        <translation>Zonen, Linien, Masken</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>every one</source>
        <translation>jedes</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>keine Grenze</translation>
    </message>
    <message>
        <source>the camera&apos;s own</source>
        <translation>wie die Kamera</translation>
    </message>
    <message>
        <source>what the source&apos;s address asks for</source>
        <translation>was die Adresse der Quelle verlangt</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Detection</source>
        <translation>Erkennung</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>Besuche</translation>
    </message>
</context>
<context>
    <name>trust</name>
    <message>
        <source>Pair with %1</source>
        <translation>Mit %1 koppeln</translation>
    </message>
    <message>
        <source>This agent speaks plain HTTP: others on the network can read the token.</source>
        <translation>Dieser Agent spricht unverschlüsseltes HTTP: Andere im Netz können das Token mitlesen.</translation>
    </message>
    <message>
        <source>Its certificate. On the agent, facetrack-agentd fingerprint prints the same:
%1</source>
        <translation>Sein Zertifikat. Auf dem Agenten gibt facetrack-agentd fingerprint dasselbe aus:
%1</translation>
    </message>
    <message>
        <source>Its token. On the agent, facetrack-agentd token prints it:</source>
        <translation>Sein Token. Auf dem Agenten gibt facetrack-agentd token es aus:</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>It is kept in %1.</source>
        <translation>Aufbewahrt wird es hier: %1.</translation>
    </message>
    <message>
        <source>Pair</source>
        <translation>Koppeln</translation>
    </message>
    <message>
        <source>%1 shows another certificate</source>
        <translation>%1 zeigt ein anderes Zertifikat</translation>
    </message>
    <message>
        <source>Nothing was sent to it. Somebody may be in between, another device may have this address, or the agent was set up anew. Compare with facetrack-agentd fingerprint on the agent itself.

Shown now:
%1</source>
        <translation>Ihm wurde nichts gesendet. Jemand kann dazwischensitzen, ein anderes Gerät kann diese Adresse haben, oder der Agent wurde neu eingerichtet. Mit facetrack-agentd fingerprint auf dem Agenten selbst vergleichen.

Jetzt gezeigt:
%1</translation>
    </message>
    <message>
        <source>It is the same: trust it</source>
        <translation>Es ist derselbe: vertrauen</translation>
    </message>
</context>
</TS>
