<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
<context>
    <name>agentFindings</name>
    <message numerus="yes">
        <source>%n row(s) wait</source>
        <translation>
            <numerusform>%n row waits</numerusform>
            <numerusform>%n rows wait</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>facetrack::console::AgentListModel</name>
    <message numerus="yes">
        <source>%n row(s) wait</source>
        <translation>
            <numerusform>%n row waits</numerusform>
            <numerusform>%n rows wait</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>facetrack::console::AgentsPanel</name>
    <message numerus="yes">
        <source>Its picture shows the name for %n second(s).</source>
        <translation>
            <numerusform>Its picture shows the name for %n second.</numerusform>
            <numerusform>Its picture shows the name for %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>facetrack::console::CountPage</name>
    <message numerus="yes">
        <source>%n count(s) that no agent has yet are lost for good. Forget?</source>
        <translation>
            <numerusform>%n count that no agent has yet is lost for good. Forget?</numerusform>
            <numerusform>%n counts that no agent has yet are lost for good. Forget?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n count(s) wait here for %1.</source>
        <translation>
            <numerusform>%n count waits here for %1.</numerusform>
            <numerusform>%n counts wait here for %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The agent was out of reach for %n s of that time.</source>
        <translation>
            <numerusform>The agent was out of reach for %n s of that time.</numerusform>
            <numerusform>The agent was out of reach for %n s of that time.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>facetrack::console::HistorySource</name>
    <message numerus="yes">
        <source>%n agents, each from its own disk</source>
        <translation>
            <numerusform>%n agent, from its own disk</numerusform>
            <numerusform>%n agents, each from its own disk</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>facetrack::console::LookingNotice</name>
    <message numerus="yes">
        <source>&lt;h2&gt;Looking for agents on this network, %n second(s) so far&lt;/h2&gt;&lt;p&gt;Agents are found by themselves when they are on the same network and it lets multicast DNS through; many guest networks do not.&lt;/p&gt;&lt;p&gt;You know its address? Add it. No camera at hand? A demo has agents that watch drawn booths, in a window of its own.&lt;/p&gt;</source>
        <translation>
            <numerusform>&lt;h2&gt;Looking for agents on this network, %n second so far&lt;/h2&gt;&lt;p&gt;Agents are found by themselves when they are on the same network and it lets multicast DNS through; many guest networks do not.&lt;/p&gt;&lt;p&gt;You know its address? Add it. No camera at hand? A demo has agents that watch drawn booths, in a window of its own.&lt;/p&gt;</numerusform>
            <numerusform>&lt;h2&gt;Looking for agents on this network, %n seconds so far&lt;/h2&gt;&lt;p&gt;Agents are found by themselves when they are on the same network and it lets multicast DNS through; many guest networks do not.&lt;/p&gt;&lt;p&gt;You know its address? Add it. No camera at hand? A demo has agents that watch drawn booths, in a window of its own.&lt;/p&gt;</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>facetrack::console::ValueWidget</name>
    <message numerus="yes">
        <source>%n drawn; edit on the page Calibrate</source>
        <translation>
            <numerusform>%n drawn; edit on the page Calibrate</numerusform>
            <numerusform>%n drawn; edit on the page Calibrate</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>report</name>
    <message numerus="yes">
        <source>%n more in %1.</source>
        <translation>
            <numerusform>%n more in %1.</numerusform>
            <numerusform>%n more in %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No data of %n day(s)</source>
        <translation>
            <numerusform>No data of %n day</numerusform>
            <numerusform>No data of %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 faces in %n day(s)</source>
        <translation>
            <numerusform>%1 faces in %n day</numerusform>
            <numerusform>%1 faces in %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>There are data of %1 of the opening hours, with %n gap(s).</source>
        <translation>
            <numerusform>There are data of %1 of the opening hours, with %n gap.</numerusform>
            <numerusform>There are data of %1 of the opening hours, with %n gaps.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>People counted along %n time(s): %1 visitors by hand, %2 by the agents.</source>
        <translation>
            <numerusform>People counted along %n time: %1 visitors by hand, %2 by the agents.</numerusform>
            <numerusform>People counted along %n times: %1 visitors by hand, %2 by the agents.</numerusform>
        </translation>
    </message>
</context>
</TS>
