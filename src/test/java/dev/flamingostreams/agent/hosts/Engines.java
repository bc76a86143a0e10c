package dev.flamingostreams.agent.hosts;

import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/** A class that settings of clients may name: only a host's own class loader knows it. */
public final class Engines extends DefaultSslEngineFactory {}
