/**
 * The program: one class per command. Reads the command line, writes the terminal; also the broker
 * that the demo and the tests bring along.
 *
 * <p>Not API.
 */
@NullMarked
package dev.flamingostreams.cli;

import org.jspecify.annotations.NullMarked;
