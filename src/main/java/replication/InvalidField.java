package replication;

/**
 * A value that a record refuses. Its message is for the person who wrote the value, and
 * {@link #field()} names the field as JSON does, relative to the record.
 */
public final class InvalidField extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String field;

    public InvalidField(String field, String reason) {
        super(reason);
        this.field = field;
    }

    public String field() {
        return this.field;
    }

}
