package cli.shared;

import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Reports a wrong call. A word that belongs to no option is not repeated: after a
 * misspelt {@code --dest-creds} it is a password.
 */
public final class Misuse implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException ex, String[] args) {
        CommandLine command = ex.getCommandLine();
        PrintWriter err = command.getErr();
        String unknown = unknownOptions(command, args);
        err.println(Shown.line(unknown.isEmpty() ? words(ex) : "There is no option " + unknown));
        if (!UnmatchedArgumentException.printSuggestions(ex, err)) {
            command.usage(err);
        }
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** They also cause the other faults, because their values are left over. */
    private static String unknownOptions(CommandLine command, String... args) {
        Set<String> known = command.getCommandSpec().optionsMap().keySet();
        return Stream.of(args)
            .filter((word) -> word.startsWith("--"))
            .map((word) -> word.replaceFirst("(?s)=.*", ""))
            .filter((word) -> !known.contains(word))
            .collect(Collectors.joining(", "));
    }

    private static String words(ParameterException ex) {
        if (!(ex instanceof UnmatchedArgumentException unmatched)) {
            return String.valueOf(ex.getMessage());
        }
        CommandLine command = ex.getCommandLine();
        List<String> words = unmatched.getUnmatched();
        return command.getSubcommands().isEmpty()
                ? "%s takes fewer words; %d are too many".formatted(command.getCommandName(), words.size())
                : "There is no command %s".formatted(words.getFirst());
    }

}
